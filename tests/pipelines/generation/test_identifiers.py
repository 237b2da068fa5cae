"""Numbers that the standards themselves, or widely published examples, give."""

from datetime import date

import numpy as np
import pytest

from domain.pipelines.generation.truth.days import History, a_date, day_in_month, number
from domain.pipelines.generation.truth.identifiers import credit_code, mobile, resident_id, with_luhn
from domain.pipelines.generation.truth.names import characters
from domain.pipelines.generation.truth.organisation import organisation
from domain.pipelines.generation.truth.places import cities, places
from domain.pipelines.generation.truth.plan import BLOCK_FIRMS, BLOCK_PERSONS, Plan
from domain.pipelines.generation.truth.randomness import choose, choose_by_row, stream


def test_the_examples_of_the_standard_have_the_check_characters_it_gives():
    assert resident_id("110105", "19491231", 2) == "11010519491231002X"
    assert resident_id("440524", "18800101", 1) == "440524188001010014"


def test_card_numbers_follow_the_published_example():
    assert with_luhn("7992739871") == "79927398713"


def test_credit_codes_carry_both_of_their_checks():
    code = credit_code("110105", 12_345_678)
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    assert code[:16] == "9111010512345678"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    check = 11 - sum(int(sign) * weight for sign, weight in zip(code[8:16], weights, strict=True)) % 11
    assert code[16] == {10: "X", 11: "0"}.get(check, str(check))
    weighed = sum(alphabet.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    assert (weighed + alphabet.index(code[17])) % 31 == 0


def test_mobile_numbers_of_a_bank_never_meet():
    numbers = {mobile(0, ordinal, 12_345) for ordinal in range(20_000)}
    assert len(numbers) == 20_000
    assert {len(one) for one in numbers} == {11}


def test_every_place_lies_in_a_province_and_every_city_has_districts():
    assert len({place.code for place in places()}) == len(places()) > 2_900
    beijing = next(place for place in places() if place.code == "110105")
    assert (beijing.district, beijing.city, beijing.province) == ("朝阳区", "北京市", "北京市")
    hangzhou = next(place for place in places() if place.code == "330106")
    assert (hangzhou.district, hangzhou.city, hangzhou.province) == ("西湖区", "杭州市", "浙江省")
    assert all(city.places for city in cities())
    assert len({city.code for city in cities()}) == len(cities()) > 300


def test_names_hold_chinese_characters_alone():
    assert len(characters()) > 250
    assert all("一" <= sign <= "鿿" for sign in characters())


def test_days_count_from_1970_and_months_end_where_they_end():
    assert number(date(1970, 1, 1)) == 0
    assert a_date(number(date(2024, 2, 29))) == date(2024, 2, 29)
    february = (2026 - 1970) * 12 + 1
    assert a_date(int(day_in_month(np.array([february]), np.array([31]))[0])) == date(2026, 2, 28)


def test_the_history_is_the_year_before_and_its_bonus_comes_before_the_spring_festival():
    history = History.before(date(2026, 10, 31))
    assert (a_date(history.first), a_date(history.last)) == (date(2025, 11, 1), date(2026, 10, 31))
    assert len(history.months) == 12
    assert history.bonus_month() == (2026 - 1970) * 12


def test_a_stream_belongs_to_its_path():
    assert stream(1, "a", 2).random() == stream(1, "a", 2).random()
    draws = {
        stream(1, "a", 2).random(),
        stream(1, "a", 3).random(),
        stream(1, "b", 2).random(),
        stream(2, "a", 2).random(),
    }
    assert len(draws) == 4


def test_choices_are_as_frequent_as_their_weights():
    chosen = choose(stream(1, "choose"), [1, 0, 3], 40_000)
    assert np.bincount(chosen, minlength=3) / 40_000 == pytest.approx([0.25, 0, 0.75], abs=0.01)
    rows = np.array([0, 1] * 20_000)
    by_row = choose_by_row(stream(1, "rows"), np.array([[1.0, 1.0], [1.0, 9.0]]), rows)
    assert by_row[rows == 0].mean() == pytest.approx(0.5, abs=0.02)
    assert by_row[rows == 1].mean() == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("customers", [50, 300, 20_000, 1_000_000])
def test_blocks_cover_every_customer_once_and_stay_small(customers: int):
    blocks = list(Plan(customers, 1, date(2026, 10, 31)).blocks())
    assert [block.first for block in blocks] == list(np.cumsum([0] + [block.count for block in blocks[:-1]]))
    assert sum(block.count for block in blocks) == customers
    assert all(0 < block.count <= (BLOCK_FIRMS if block.is_of_firms else BLOCK_PERSONS) for block in blocks)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((10, 1, date(2026, 1, 1)), "customers"),
        ((300, -1, date(2026, 1, 1)), "seed"),
        ((300, 1, date(1999, 1, 1)), "date"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong: tuple[int, int, date], said: str):
    with pytest.raises(ValueError, match=said):
        Plan(*wrong)


def test_a_larger_bank_has_more_offices_and_managers_with_a_portfolio_each():
    small, large = (organisation(Plan(count, 1, date(2026, 10, 31))) for count in (300, 1_000_000))
    assert {office.level.name for office in small.offices} == {"HEAD_OFFICE", "BRANCH", "SUB_BRANCH", "OUTLET"}
    assert len(large.outlets) > 100 * len(small.outlets)
    for bank in (small, large):
        numbers = [office.number for office in bank.offices]
        assert len(set(numbers)) == len(numbers)
        assert all(office.parent is None or office.parent < place for place, office in enumerate(bank.offices))
        assert all(
            bank.staff[manager].office == outlet.office for outlet in bank.outlets for manager in outlet.managers
        )
        assert bank.shares.sum() == pytest.approx(1)
