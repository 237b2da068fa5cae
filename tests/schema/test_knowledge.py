"""The knowledge base: drafts, editions, what holds; and who sees what."""

from typing import Any

import pytest
from factories.bank import SINCE, Bank

from tests.schema.test_mutations import carried_out, refused, rows
from tests.schema.test_tickets import SHOWN, error

pytestmark = pytest.mark.anyio

FIELDS = """id version articleNo edition title text keywords category state product { id } previous { id }
  writtenBy { id } publishedBy { id } retiredBy { id }"""
DRAFT = f"""mutation ($input: DraftArticleInput!, $dry: Boolean, $key: String) {{
  draftArticle(input: $input, dryRun: $dry, idempotencyKey: $key) {{
    knowledgeArticle {{ {FIELDS} }} isReplay {SHOWN} }} }}"""
PUBLISH = f"""mutation ($input: PublishArticleInput!) {{ publishArticle(input: $input) {{
  knowledgeArticle {{ {FIELDS} }} {SHOWN} }} }}"""
RETIRE = f"""mutation ($input: RetireArticleInput!) {{ retireArticle(input: $input) {{
  knowledgeArticle {{ {FIELDS} }} {SHOWN} }} }}"""
FIRST, HOLDS, NEXT, CARD, REAL_NAME, FOREIGNERS, RETIRED, WEALTH = (f"kno_{number}" for number in range(1, 9))
ASKED = {"title": "大额存单转让", "text": "持有期间可以转让。", "category": "PRODUCT"}


@pytest.mark.parametrize(
    ("user", "drafts"),
    [
        ("rm-chaoyang-1", {NEXT}),
        ("manager-pudong", {WEALTH}),
        ("rm-pudong-1", set()),
        ("service-agent", {NEXT, WEALTH}),
        ("auditor", {NEXT, WEALTH}),
    ],
)
async def test_all_editions_are_readable_and_drafts_are_their_writers(bank: Bank, user: str, drafts: set[str]):
    shown = await bank.ask("{ knowledgeArticles(first: 100) { nodes { id } } }", user=user)
    others = {FIRST, HOLDS, CARD, REAL_NAME, FOREIGNERS, RETIRED}
    assert {node["id"] for node in shown["knowledgeArticles"]["nodes"]} == others | drafts


async def test_what_holds_is_found_by_words_and_ordered_by_pinyin(bank: Bank):
    query = """{ knowledgeArticles(where: { state: { eq: PUBLISHED }, or: [{ title: { contains: "证件" } },
      { keywords: { contains: "开户" } }] }, orderBy: [{ field: TITLE }]) { nodes { title } } }"""
    assert await bank.ask(query, user="teller-xuhui") == {
        "knowledgeArticles": {"nodes": [{"title": "个人账户实名制要求"}, {"title": "外籍人士开户需要哪些证件"}]}
    }


async def test_an_article_is_written_and_published_by_somebody_else(own_bank: Bank):
    given = ASKED | {"keywords": "大额存单", "productId": "pro_2"}
    tried = await carried_out(own_bank, DRAFT, "rm-chaoyang-1", input=given, dry=True)
    assert tried["errors"] == []
    payload = await carried_out(own_bank, DRAFT, "rm-chaoyang-1", input=given, key="draft")
    shown = dict(payload["knowledgeArticle"])
    article_id = shown.pop("id")
    assert shown == {
        "version": 1, "articleNo": f"K{int(article_id[4:]):06}", "edition": 1, "state": "DRAFT",
        "title": "大额存单转让", "text": "持有期间可以转让。", "keywords": "大额存单", "category": "PRODUCT",
        "product": {"id": "pro_2"}, "previous": None, "writtenBy": {"id": "sta_9"}, "publishedBy": None,
        "retiredBy": None,
    }  # fmt: skip
    assert await carried_out(own_bank, DRAFT, "rm-chaoyang-1", input=given, key="draft") == payload | {"isReplay": True}
    asked = {"id": article_id, "expectedVersion": 1}
    assert (await refused(own_bank, PUBLISH, "rm-chaoyang-1", input=asked)).code.name == "FORBIDDEN"
    published = await carried_out(own_bank, PUBLISH, "data-steward", input=asked)
    assert published["knowledgeArticle"] == shown | {
        "id": article_id, "version": 2, "state": "PUBLISHED", "publishedBy": {"id": "sta_19"}
    }  # fmt: skip
    again = asked | {"expectedVersion": 2}
    assert error(await carried_out(own_bank, PUBLISH, "data-steward", input=again)) == ("InvalidInput", "id")


async def test_a_new_edition_takes_the_place_of_the_one_before(own_bank: Bank):
    given = ASKED | {"id": CARD, "expectedVersion": 1, "title": "补卡"}
    payload = await carried_out(own_bank, DRAFT, "service-agent", input=given)
    shown = payload["knowledgeArticle"]
    assert (shown["articleNo"], shown["edition"], shown["previous"]) == ("K000002", 2, {"id": CARD})
    assert error(await carried_out(own_bank, DRAFT, "service-agent", input=given)) == ("InvalidInput", "id")
    rewritten = given | {"id": shown["id"], "title": "补卡流程"}
    payload = await carried_out(own_bank, DRAFT, "service-agent", input=rewritten)
    assert (payload["knowledgeArticle"]["title"], payload["knowledgeArticle"]["edition"]) == ("补卡流程", 2)
    await carried_out(own_bank, PUBLISH, "data-steward", input={"id": shown["id"], "expectedVersion": 2})
    states = await rows(own_bank, "SELECT state FROM ketu.knowledge_article WHERE article_no = 'K000002' ORDER BY id")
    assert [row["state"] for row in states] == ["SUPERSEDED", "PUBLISHED"]
    entries = await rows(own_bank, f"SELECT concept FROM audit.event WHERE {SINCE} AND action = 'publishArticle'")
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("user", "given", "wanted"),
    [
        ("rm-chaoyang-1", {"title": " "}, ("InvalidInput", "title")),
        ("rm-chaoyang-1", {"text": ""}, ("InvalidInput", "text")),
        ("rm-chaoyang-1", {"productId": "pro_99"}, ("NotFound", "productId")),
        ("rm-chaoyang-1", {"id": CARD}, ("InvalidInput", "expectedVersion")),
        ("rm-chaoyang-1", {"id": CARD, "expectedVersion": 5}, ("Conflict", "expectedVersion")),
        # Somebody else's draft.
        ("rm-chaoyang-1", {"id": WEALTH, "expectedVersion": 1}, ("NotFound", "id")),
        # Its next edition is being written by a colleague.
        ("service-agent", {"id": HOLDS, "expectedVersion": 1}, ("InvalidInput", "id")),
    ],
)
async def test_nothing_else_is_written(own_bank: Bank, user: str, given: dict[str, Any], wanted: tuple[str, str]):
    assert error(await carried_out(own_bank, DRAFT, user, input=ASKED | given)) == wanted
    assert await rows(own_bank, "SELECT FROM ketu.knowledge_article WHERE id > 8 OR version > 1") == []


async def test_nobody_publishes_what_they_wrote_themselves(own_bank: Bank):
    payload = await carried_out(own_bank, DRAFT, "data-steward", input=ASKED)
    asked = {"id": payload["knowledgeArticle"]["id"], "expectedVersion": 1}
    assert error(await carried_out(own_bank, PUBLISH, "data-steward", input=asked)) == ("NotPermitted", "id")
    assert (await carried_out(own_bank, PUBLISH, "administrator", input=asked))["errors"] == []


async def test_an_article_that_holds_no_more_stays_readable(own_bank: Bank):
    payload = await carried_out(own_bank, RETIRE, "data-steward", input={"id": CARD, "expectedVersion": 1})
    shown = payload["knowledgeArticle"]
    assert (payload["errors"], shown["state"], shown["retiredBy"]) == ([], "RETIRED", {"id": "sta_19"})
    for article, version in ((FIRST, 1), (RETIRED, 1), (CARD, 2), (NEXT, 1)):
        asked = {"id": article, "expectedVersion": version}
        assert error(await carried_out(own_bank, RETIRE, "data-steward", input=asked)) == ("InvalidInput", "id")
    assert await own_bank.ask(f'{{ node(id: "{CARD}") {{ id }} }}', user="rm-pudong-1") == {"node": {"id": CARD}}
