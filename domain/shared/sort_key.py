"""Keys that order and find names as a Chinese bank expects: by pinyin, and by its initials."""

from pypinyin import lazy_pinyin

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "宰父": "zai fu",
    "单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao",
    "缪": "miao", "乐": "yue", "覃": "qin", "员": "yun", "秘": "bi", "繁": "po", "折": "she", "重": "chong",
    "种": "chong", "召": "shao", "冼": "xian", "牟": "mu", "翟": "zhai", "尹": "yin", "佘": "she", "宓": "mi",
    "隗": "wei", "逄": "pang", "郇": "xun", "那": "na", "哈": "ha", "石": "shi", "葛": "ge", "任": "ren",
}  # fmt: skip
"""Readings that a character has as a surname; two characters before one."""


def sort_key(name: str, *, is_person: bool = False) -> str:
    """Pinyin of Chinese characters (tones dropped), everything else case-folded; compared under COLLATE "C".

    is_person  the name begins with a surname, some of which are read in their own way: 单志远 → shan zhi yuan
    """
    return " ".join(_syllables(name, is_person))


def initials(name: str, *, is_person: bool = False) -> str:
    """First letters of the pinyin syllables or words: 王小明 → wxm, Jan Novak → jn."""
    return "".join(word[0] for syllable in _syllables(name, is_person) for word in syllable.split())


def _syllables(name: str, is_person: bool) -> list[str]:
    surname = next((name[:size] for size in (2, 1) if is_person and name[:size] in SURNAMES), "")
    read = SURNAMES[surname].split() if surname else []
    return read + [part.strip().casefold() for part in lazy_pinyin(name[len(surname) :]) if part.strip()]
