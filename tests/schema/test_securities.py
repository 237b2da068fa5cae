"""Guarantees, collateral and credit dossiers: who sees which end."""

import pytest
from factories.bank import Bank

from tests.schema.test_mutations import carried_out

pytestmark = pytest.mark.anyio

GUARANTEE = "guarantees { nodes { id amount { amount currency } guarantor { id } loan { id } } }"


async def test_a_guarantor_out_of_reach_is_not_shown_by_the_debt(bank: Bank):
    """sun-hao's loan: the deposit of wu-guoqiang, whom nobody manages, stands behind it, and so does he."""
    query = f"""{{ node(id: "loa_3") {{ ... on Loan {{ {GUARANTEE}
      collaterals {{ nodes {{ owner {{ id }} account {{ id }} }} }} }} }} }}"""
    shown = (await bank.ask(query, user="rm-haidian-1"))["node"]
    guarantee = {"id": "gua_1", "amount": {"amount": "150000.00", "currency": "CNY"}}
    assert shown == {
        "guarantees": {"nodes": [guarantee | {"guarantor": None, "loan": {"id": "loa_3"}}]},
        "collaterals": {"nodes": [{"owner": None, "account": None}]},
    }
    seen = (await bank.ask(query, user="regional-beijing"))["node"]
    assert seen == {
        "guarantees": {"nodes": [guarantee | {"guarantor": {"id": "cus_13"}, "loan": {"id": "loa_3"}}]},
        "collaterals": {"nodes": [{"owner": {"id": "cus_13"}, "account": {"id": "acc_14"}}]},
    }


async def test_a_debt_out_of_reach_is_not_shown_by_its_guarantor(bank: Bank):
    """The warehouse firm answers for the overdraft of a firm in another city."""
    query = """{ customer(id: "cus_42") { guaranteesGiven { totalCount nodes {
      kind amount { amount } account { id } guarantor { id } } } } }"""
    shown = (await bank.ask(query, user="rm-lujiazui-1"))["customer"]["guaranteesGiven"]
    assert shown == {
        "totalCount": "1",
        "nodes": [
            {"kind": "GENERAL", "amount": {"amount": "300000.00"}, "account": None, "guarantor": {"id": "cus_42"}}
        ],
    }


async def test_a_condition_on_a_hidden_guarantor_finds_nothing(bank: Bank):
    query = '{ guarantees(where: {guarantor: {name: {eq: "吴国强"}}}) { nodes { id } } }'
    assert (await bank.ask(query, user="rm-haidian-1"))["guarantees"]["nodes"] == []
    assert (await bank.ask(query, user="manager-haidian"))["guarantees"]["nodes"] == [{"id": "gua_1"}]


async def test_a_credit_is_told_with_how_it_came_about(bank: Bank):
    query = """{ customer(id: "cus_11") { creditDossiers { nodes {
      dossierNo rating loanClass limitAmount { amount } usedAmount { amount } handledBy { id }
      entries { nodes { kind happenedOn rating limitAmount { amount } staff { name } } } } } } }"""
    (dossier,) = (await bank.ask(query, user="rm-haidian-1"))["customer"]["creditDossiers"]["nodes"]
    assert dossier == {
        "dossierNo": "D20250115003",
        "rating": "B",
        "loanClass": "SPECIAL_MENTION",
        "limitAmount": {"amount": "150000.00"},
        "usedAmount": {"amount": "98000.00"},
        "handledBy": {"id": "sta_11"},
        "entries": {
            "nodes": [
                {
                    "kind": "APPROVAL",
                    "happenedOn": "2025-02-05",
                    "rating": "BB",
                    "limitAmount": {"amount": "150000.00"},
                    "staff": {"name": "白洁"},
                },
                {
                    "kind": "REVIEW",
                    "happenedOn": "2026-09-30",
                    "rating": "B",
                    "limitAmount": None,
                    "staff": {"name": "任静怡"},
                },
                {
                    "kind": "SUSPENSION",
                    "happenedOn": "2026-10-01",
                    "rating": None,
                    "limitAmount": None,
                    "staff": {"name": "白洁"},
                },
            ]
        },
    }


@pytest.mark.parametrize("user", ["teller-wangjing", "service-agent", "analyst"])
async def test_ratings_are_not_for_the_counter(bank: Bank, user: str):
    answer = await bank.answer("{ creditDossiers { nodes { id } } }", reader=await bank.reader(user))
    assert answer == {"data": {"creditDossiers": None}, "extensions": {"withheld": ["Query.creditDossiers"]}}


async def test_nobody_leaves_while_they_answer_for_others(own_bank: Bank):
    leave = """mutation ($input: DeregisterCustomerInput!) { deregisterCustomer(input: $input) {
      errors { __typename ... on StillOpen { openIds } } } }"""
    payload = await carried_out(own_bank, leave, "manager-xuhui", input={"id": "cus_24", "expectedVersion": 1})
    (error,) = payload["errors"]
    assert {"gua_8", "col_11"} <= {*error["openIds"]}
