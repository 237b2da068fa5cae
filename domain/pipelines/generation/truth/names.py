"""Names as people of an age and sex bear them: surnames by their frequency, given names by the fashion of the years."""

from itertools import chain

import numpy as np

from domain.pipelines.generation.truth.randomness import Chance, Flags, Ints, choose, choose_by_row

# Per ten thousand people; the rest share what is left.
SURNAMES = {
    "王": 720, "李": 710, "张": 670, "刘": 530, "陈": 450, "杨": 300, "黄": 220, "赵": 200, "吴": 195, "周": 185,
    "徐": 145, "孙": 140, "马": 130, "朱": 125, "胡": 120, "郭": 115, "何": 110, "林": 108, "高": 105, "罗": 100,
    "郑": 95, "梁": 90, "谢": 78, "宋": 76, "唐": 73, "许": 72, "韩": 70, "邓": 67, "冯": 64, "曹": 60,
    "彭": 58, "曾": 57, "肖": 56, "田": 54, "董": 53, "潘": 51, "袁": 50, "蔡": 49, "蒋": 48, "余": 47,
    "于": 46, "杜": 45, "叶": 44, "程": 43, "魏": 42, "苏": 41, "吕": 40, "丁": 39, "任": 38, "卢": 37,
    "姚": 36, "沈": 35, "钟": 34, "姜": 33, "崔": 32, "谭": 31, "陆": 30, "范": 29, "汪": 28, "廖": 27,
    "石": 26, "金": 25, "韦": 24, "贾": 23, "夏": 22, "付": 21, "方": 20, "邹": 20, "熊": 19, "白": 19,
    "孟": 18, "秦": 18, "邱": 17, "侯": 17, "江": 16, "尹": 16, "薛": 15, "闫": 15, "段": 14, "雷": 14,
    "龙": 13, "黎": 13, "史": 12, "陶": 12, "贺": 12, "毛": 11, "郝": 11, "顾": 11, "龚": 10, "邵": 10,
    "万": 10, "覃": 9, "武": 9, "钱": 9, "戴": 9, "严": 8, "莫": 8, "孔": 8, "向": 8, "常": 7,
    "汤": 7, "康": 6, "易": 6, "乔": 5, "赖": 5, "文": 5, "单": 3, "解": 3, "查": 2, "仇": 2, "区": 2, "盖": 1,
    "欧阳": 8, "上官": 1, "诸葛": 1, "司马": 1, "夏侯": 1, "尉迟": 1, "皇甫": 1, "令狐": 1,
}  # fmt: skip

ERAS = (1955, 1970, 1985, 1998)
"""Years of birth in which a fashion of names ends; the last fashion has no end."""

SINGLE_SHARE = (0.22, 0.38, 0.36, 0.22, 0.10)
"""How many names of each fashion have one character."""

WOMEN_SINGLE = (
    "英 珍 芳 兰 梅 琴 玲 霞 凤 芬",
    "芳 敏 红 霞 丽 萍 玲 燕 艳 梅",
    "静 丽 娟 艳 敏 燕 娜 婷 倩 雪",
    "婷 静 雪 莹 颖 倩 悦 璐 琳 晨",
    "萱 瑶 悦 琪 妍 诺 彤 玥 汐 颖",
)
MEN_SINGLE = (
    "军 明 刚 义 林 福 贵 德 海 山",
    "伟 军 勇 强 斌 刚 平 辉 明 健",
    "伟 磊 涛 鹏 超 勇 杰 强 波 峰",
    "浩 鑫 杰 宇 凯 超 帅 涛 博 阳",
    "轩 睿 宇 昊 博 辰 泽 航 洋 霖",
)
WOMEN_FIRST = (
    "秀 桂 玉 淑 凤 素 春 爱 兰 月 惠 金",
    "丽 红 秀 爱 建 春 海 艳 小 晓 玉 燕",
    "晓 丽 海 小 艳 婷 雪 春 文 佳 慧 亚",
    "思 佳 雨 梦 晓 雅 诗 欣 婷 静 文 嘉",
    "梓 欣 雨 子 诗 可 一 思 佳 语 若 沐",
)
WOMEN_SECOND = (
    "英 兰 珍 芳 华 芬 琴 云 香 梅 荣 贞",
    "华 红 梅 萍 霞 琴 玲 英 娟 芳 云 敏",
    "燕 娟 丽 玲 霞 芳 娜 静 敏 梅 红 萍",
    "怡 婷 琪 瑶 雪 琳 颖 洁 妮 雯 晴 慧",
    "涵 萱 怡 彤 琪 妍 悦 涵 瑶 晨 宁 汐",
)
MEN_FIRST = (
    "建 国 德 文 志 玉 福 金 永 明 长 正",
    "建 国 志 卫 永 晓 海 文 新 红 庆 学",
    "建 志 海 文 晓 小 俊 国 永 少 云 春",
    "俊 志 子 文 嘉 浩 家 鹏 天 宇 明 泽",
    "子 浩 宇 梓 奕 一 俊 沐 嘉 皓 铭 泽",
)
MEN_SECOND = (
    "国 华 明 林 德 生 祥 福 义 成 荣 才",
    "军 华 国 平 民 强 明 东 红 林 生 忠",
    "华 伟 军 明 峰 波 平 勇 辉 东 强 飞",
    "豪 杰 轩 宇 涛 鹏 文 伟 超 辉 龙 凯",
    "轩 涵 宇 泽 辰 睿 豪 航 霖 宸 阳 恩",
)

FOREIGN_WOMEN = ("Anna Keller", "Emma Laurent", "Maria Santos", "Yuki Mori", "Olga Ivanova", "Sarah Whitman")
FOREIGN_MEN = ("Thomas Berger", "Lucas Moreau", "Daniel Ortega", "Kenji Arai", "Ivan Petrov", "James Whitfield")

_SURNAME_LIST = tuple(SURNAMES)
_POOLS = {
    (is_man, part): tuple(tuple(line.split()) for line in lines)
    for (is_man, part), lines in {
        (False, "single"): WOMEN_SINGLE, (True, "single"): MEN_SINGLE, (False, "first"): WOMEN_FIRST,
        (True, "first"): MEN_FIRST, (False, "second"): WOMEN_SECOND, (True, "second"): MEN_SECOND,
    }.items()
}  # fmt: skip
# A long tail beside the fashion, so that not everybody shares a dozen characters.
RARE = tuple("雁岚珊岩翔晟钧楠琛桐榕桦澜沛湘淇渝岳嵘峻舒宁恺恒哲彦颂韵芸芮茜荷莲菲蓉薇蕾蔓黛璇瑾瑜琬玮珂珞")
RARE_SHARE = 0.05


def surnames(chance: Chance, count: int) -> list[str]:
    """`count` surnames."""
    return [_SURNAME_LIST[place] for place in choose(chance, list(SURNAMES.values()), count)]


def given_names(chance: Chance, born_in: Ints, is_man: Flags) -> list[str]:
    """A given name for each person, by year of birth and sex."""
    count = len(born_in)
    era = np.searchsorted(np.array(ERAS), born_in, side="right")
    shares = np.array(SINGLE_SHARE)
    is_single = choose_by_row(chance, np.stack([shares, 1 - shares], axis=1), era) == 0
    draws = chance.random((count, 2))
    is_rare = chance.random((count, 2)) < RARE_SHARE
    rare = chance.integers(0, len(RARE), (count, 2))
    made: list[str] = []
    for row in range(count):
        parts = ("single",) if is_single[row] else ("first", "second")
        signs: list[str] = []
        for place, part in enumerate(parts):
            pool = _POOLS[bool(is_man[row]), part][era[row]]
            # Squared: the first of a fashion are the most frequent.
            fashionable = pool[int(draws[row, place] ** 1.5 * len(pool))]
            signs.append(RARE[rare[row, place]] if is_rare[row, place] else fashionable)
        made.append("".join(signs))
    return made


def foreign_name(draw: float, *, is_man: bool) -> str:
    """The name of somebody from abroad, as in a passport."""
    pool = FOREIGN_MEN if is_man else FOREIGN_WOMEN
    return pool[int(draw * len(pool))]


def characters() -> set[str]:
    """Every character that a name may hold."""
    pools = chain.from_iterable(chain.from_iterable(lines) for lines in _POOLS.values())
    return {sign for text in (*_SURNAME_LIST, *RARE, *pools) for sign in text}
