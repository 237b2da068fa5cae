"""Subscriptions as server-sent events: graphql-sse's distinct connections."""

import pytest
from factories.api import OK, Api, error_of, signed_in
from factories.bank import Bank
from factories.live import Stream, streaming

from tests.live.test_subscriptions import CANCEL, CUSTOMER, MATURITY_CANCELLED, TASKS, done
from tests.schema.test_tags_and_consents import GIVE
from tests.schema.test_tasks import CREATE

pytestmark = pytest.mark.anyio

EVENTS = {"accept": "text/event-stream"}


async def test_a_subscription_is_answered_by_events(live: Api, own_bank: Bank):
    async with streaming(live, TASKS, user="rm-chaoyang-1") as stream:
        assert stream.response.headers["cache-control"] == "no-store"
        first = await stream.update()
        assert first["kind"] == "PRESENT"
        await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
        second = await stream.update()
        assert (second["kind"], second["eventId"] != first["eventId"]) == ("CHANGED", True)


async def test_it_goes_on_after_the_last_event_that_was_seen(live: Api, own_bank: Bank):
    async with streaming(live, TASKS, user="rm-chaoyang-1") as stream:
        seen = (await stream.next()).id
    assert seen is not None
    async with streaming(live, TASKS, user="rm-chaoyang-1", headers={"last-event-id": seen}) as stream:
        assert (await stream.update())["kind"] == "PRESENT"
    await done(own_bank, CANCEL, "manager-chaoyang", input=MATURITY_CANCELLED)
    async with streaming(live, TASKS, user="rm-chaoyang-1", headers={"last-event-id": seen}) as stream:
        assert (await stream.update())["kind"] == "CHANGED"


async def test_texts_with_line_breaks_stay_one_event(live: Api, own_bank: Bank):
    given = {"title": "a\nb: c\r\ndata: d", "purpose": "OTHER", "assignedToId": "sta_9"}
    await done(own_bank, CREATE, "manager-chaoyang", input=given)
    async with streaming(live, TASKS, user="rm-chaoyang-1") as stream:
        tasks = (await stream.update())["tasks"]["nodes"]
        assert given["title"] in [task["title"] for task in tasks]


async def test_other_operations_are_answered_by_one_event(live: Api):
    async with streaming(live, OK) as stream:
        assert (await stream.next()).body == {"data": {"viewer": {"username": "analyst"}}}
        assert (await stream.next()).type == "complete"
        with pytest.raises(StopAsyncIteration):
            await stream.next()


ANYTHING = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream"


async def test_who_takes_events_and_json_gets_events_for_subscriptions_alone(live: Api):
    headers = {**signed_in("rm-chaoyang-1"), "accept": ANYTHING}
    answer = await live.client.post("/graphql", json={"query": OK}, headers=headers)
    assert answer.json()["data"] == {"viewer": {"username": "rm-chaoyang-1"}}
    assert answer.headers["content-type"].startswith("application/graphql-response+json")
    refused = await live.client.post("/graphql", json={"query": "{"}, headers=headers)
    assert error_of(refused)[:2] == (400, "INVALID_REQUEST")
    async with streaming(live, TASKS, user="rm-chaoyang-1", headers={"accept": ANYTHING}) as stream:
        assert (await stream.update())["kind"] == "PRESENT"


async def test_a_get_is_answered_as_well_but_changes_nothing(live: Api):
    headers = {**signed_in("rm-chaoyang-1"), **EVENTS}
    query = "subscription { myTasks { kind } }"
    async with live.client.stream("GET", "/graphql", params={"query": query}, headers=headers) as answer:
        stream = Stream(answer, answer.aiter_lines())
        assert (await stream.next()).body == {"data": {"myTasks": {"kind": "PRESENT"}}}
    mutation = 'mutation { createTask(input: {title: "x", purpose: OTHER}) { errors { __typename } } }'
    refused = await live.client.get("/graphql", params={"query": mutation}, headers=headers)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("query", "headers", "wanted"),
    [
        (OK, {"authorization": ""}, (401, "UNAUTHENTICATED")),
        ("{", {}, (400, "INVALID_REQUEST")),
        ("subscription { myTasks { nothing } }", {}, (400, "INVALID_REQUEST")),
        ("subscription { myTasks { kind } }", {"last-event-id": "x"}, (400, "INVALID_REQUEST")),
    ],
)
async def test_what_cannot_be_answered_is_no_stream(
    live: Api, query: str, headers: dict[str, str], wanted: tuple[int, str]
):
    sent = {**signed_in("analyst"), **EVENTS, **headers}
    answer = await live.client.post("/graphql", json={"query": query}, headers=sent)
    assert error_of(answer)[:2] == wanted


async def test_a_customer_is_watched_by_events(live: Api, own_bank: Bank):
    async with streaming(live, CUSTOMER, user="rm-chaoyang-1", id="cus_1") as stream:
        await stream.update()
        await done(own_bank, GIVE, "rm-chaoyang-1", input={"customerId": "cus_1", "tagId": "tag_3"})
        assert (await stream.update())["kind"] == "CHANGED"
