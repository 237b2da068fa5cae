"""Names are read as people at a bank read them."""

import csv

import pytest
from pypinyin import lazy_pinyin

from domain.pipelines.generation.truth.places import DIVISIONS
from domain.shared.readings import SURNAMES, WORDS
from domain.shared.sort_key import initials, sort_key


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("北京朝阳支行", "bei jing chao yang zhi hang"),
        ("湖南分行长沙支行", "hu nan fen hang chang sha zhi hang"),
        ("客图银行总行", "ke tu yin hang zong hang"),
        ("朝阳区", "chao yang qu"),
        ("山西长治网点", "shan xi chang zhi wang dian"),
        ("长子县", "zhang zi xian"),
        ("重庆渝中支行", "chong qing yu zhong zhi hang"),
        ("旅行", "lv xing"),
        ("Bank of 上海", "bank of shang hai"),
        ("", ""),
    ],
)
def test_banks_and_places(name: str, read: str):
    assert sort_key(name) == read


@pytest.mark.parametrize(
    ("name", "read", "letters"),
    [
        ("单雪", "shan xue", "sx"),
        ("曾志远", "zeng zhi yuan", "zzy"),
        ("解晓东", "xie xiao dong", "xxd"),
        ("仇英", "qiu ying", "qy"),
        ("查慎行", "zha shen xing", "zsx"),
        ("翟明", "zhai ming", "zm"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("长孙无忌", "zhang sun wu ji", "zswj"),
        ("万俟明", "mo qi ming", "mqm"),
        ("江都", "jiang dou", "jd"),
        ("任重", "ren zhong", "rz"),
        ("李朝阳", "li chao yang", "lcy"),
        ("欧阳娜娜", "ou yang na na", "oynn"),
        ("都敏俊", "du min jun", "dmj"),
        ("Anna Keller", "anna keller", "ak"),
    ],
)
def test_people(name: str, read: str, letters: str):
    assert sort_key(name, is_person=True) == read
    assert initials(name, is_person=True) == letters


def test_a_surname_is_one_only_where_a_person_is_named():
    assert sort_key("单位活期存款") == "dan wei huo qi cun kuan"
    assert sort_key("查询") == "cha xun"


def test_each_character_of_the_own_readings_has_a_syllable():
    for word, read in (SURNAMES | WORDS).items():
        assert len(read.split()) == len(word), word
        assert read.isascii()


def test_every_division_is_read_in_as_many_syllables_as_it_has_characters():
    with DIVISIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert len(sort_key(row["name"]).split()) == len(row["name"]), row["name"]


def test_given_names_are_looked_up_once(monkeypatch: pytest.MonkeyPatch):
    looked_up: list[str] = []

    def look_up(text: str) -> list[str]:
        looked_up.append(text)
        return lazy_pinyin(text)

    monkeypatch.setattr("domain.shared.sort_key.lazy_pinyin", look_up)
    given = [f"{one}{other}" for one in "瀚澈珩翊" for other in "骁煊霁峣"]
    for name in [f"{surname}{name}" for surname in "王李张刘陈杨黄赵" for name in given]:
        sort_key(name, is_person=True)
        initials(name, is_person=True)
    # A surname may have been looked up before, by somebody else.
    assert len(set(looked_up)) == len(looked_up) <= len(given) + 8
    assert set(given) <= set(looked_up)
