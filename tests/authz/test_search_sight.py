"""Permissions by search: every way of finding a row finds just the rows that its reader may see."""

import pytest
from factories.bank import Bank

from tests.authz.test_paths import PREFIX, asking

pytestmark = pytest.mark.anyio

SEARCH = """query ($text: SearchText!, $kinds: [SearchKind!]) { search(text: $text, kinds: $kinds, first: 50) {
    hasMore hits { node { id } } } }"""
KINDS = {
    "customer": "CUSTOMER",
    "household": "HOUSEHOLD",
    "account": "ACCOUNT",
    "card": "CARD",
    "ticket": "TICKET",
    "staff": "STAFF",
    "branch": "BRANCH",
    "product": "PRODUCT",
}
MEMBERS = "FROM ketu.household_member AS m JOIN ketu.customer AS c ON c.id = m.customer_id"
WAYS = {
    # By what is searched for: a text for each row, and its id. Of identifiers, the row that holds them.
    "customer by name": ("customer", "SELECT DISTINCT left(name, 1), id FROM ketu.customer WHERE name IS NOT NULL"),
    "customer by part": ("customer", "SELECT right(name, 2), id FROM ketu.customer WHERE name ~ '^..?[一-龟]{2}$'"),
    "customer by pinyin": ("customer", "SELECT name_sort_key, id FROM ketu.customer WHERE name_sort_key IS NOT NULL"),
    "customer by initials": ("customer", "SELECT name_initials, id FROM ketu.customer WHERE name_initials ~ '..'"),
    "customer by number": ("customer", "SELECT customer_no, id FROM ketu.customer"),
    "account by last four": ("account", "SELECT number_last4, id FROM ketu.account WHERE number_last4 IS NOT NULL"),
    "card by last four": ("card", "SELECT number_last4, id FROM ketu.card WHERE number_last4 IS NOT NULL"),
    "ticket by number": ("ticket", "SELECT ticket_no, id FROM ketu.ticket"),
    "staff by name": ("staff", "SELECT left(name, 1), id FROM ketu.staff"),
    "staff by number": ("staff", "SELECT staff_no, id FROM ketu.staff"),
    "branch by name": ("branch", "SELECT name, id FROM ketu.branch"),
    "product by number": ("product", "SELECT product_no, id FROM ketu.product"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_search_finds_the_visible_rows(bank: Bank, way: str):
    table, rows = WAYS[way]
    kinds: set[str] = set()
    async with asking(bank) as everybody:
        for asker in everybody:
            seen = await asker.sight.ids(table)
            by_text: dict[str, set[int]] = {}
            for text, row_id in await asker.sight.connection.fetch(rows):
                by_text.setdefault(text, set()).add(row_id)
            for text in list(by_text)[:8]:
                body = await bank.answer(SEARCH, reader=asker.reader, text=text, kinds=[KINDS[table]])
                found = {int(hit["node"]["id"].removeprefix(f"{PREFIX[table]}_")) for hit in found_in(body)}
                assert by_text[text] & seen <= found <= seen, (asker.name, text)
                kinds |= {"allowed"} if found else set()
                kinds |= {"other branch"} if by_text[text] - seen else set()
    assert kinds == {"allowed", "other branch"}


def found_in(body: dict) -> list:  # pyright: ignore[reportMissingTypeArgument]
    """The hits."""
    return body["data"]["search"]["hits"]


async def test_a_household_is_found_by_the_members_whom_the_reader_sees(bank: Bank):
    hidden = 0
    async with asking(bank) as everybody:
        for asker in everybody:
            households, customers = await asker.sight.ids("household"), await asker.sight.ids("customer")
            members = await asker.sight.connection.fetch(f"SELECT c.name, c.id, m.household_id {MEMBERS}")
            for name, customer_id, household_id in members:
                body = await bank.answer(SEARCH, reader=asker.reader, text=name, kinds=["HOUSEHOLD"])
                is_found = f"hou_{household_id}" in [hit["node"]["id"] for hit in found_in(body)]
                namesakes = {row for other, row, home in members if other.startswith(name) and home == household_id}
                assert is_found == (household_id in households and bool(namesakes & customers)), asker.name
                hidden += household_id in households and customer_id not in customers
    assert hidden


@pytest.mark.parametrize(
    ("table", "column", "text", "permission"),
    [
        ("identity_document", "number", "110105196203140311", "identity_document:search"),
        ("contact_point", "value", "19900020260", "contact_point:search"),
        ("account", "number", "621000000031337", "account:search"),
        ("card", "number", "6229990001000042423", "card:search"),
    ],
)
async def test_a_whole_number_is_found_within_the_reach_of_searching(
    bank: Bank, table: str, column: str, text: str, permission: str
):
    kinds: set[bool] = set()
    holder = {"account": "SELECT customer_id FROM ketu.account_holder WHERE account_id = $1"}.get(
        table, f"SELECT customer_id FROM ketu.{table} WHERE id = $1"
    )
    row_id = {"identity_document": 1, "contact_point": 2, "account": 1, "card": 1}[table]
    async with asking(bank, about={permission}) as everybody:
        for asker in everybody:
            may = row_id in await asker.sight.ids(table) and row_id in await asker.sight.ids(table, (permission,))
            owners = {row["customer_id"] for row in await asker.sight.connection.fetch(holder, row_id)}
            expected = owners & await asker.sight.ids("customer") if may else set()
            body = await bank.answer(SEARCH, reader=asker.reader, text=text, kinds=["CUSTOMER"])
            assert {hit["node"]["id"] for hit in found_in(body)} == {f"cus_{one}" for one in expected}, asker.name
            kinds.add(bool(expected))
    assert kinds == {True, False}
