"""Words that are read otherwise in a bank than a dictionary reads them: surnames, places, and the 行 of banks."""

SURNAMES = {
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai", "宰父": "zai fu",
    "令狐": "ling hu", "皇甫": "huang fu", "夏侯": "xia hou", "单": "shan", "曾": "zeng", "仇": "qiu", "区": "ou",
    "解": "xie", "查": "zha", "盖": "ge", "朴": "piao", "缪": "miao", "乐": "yue", "覃": "qin", "员": "yun", "秘": "bi",
    "繁": "po", "折": "she", "重": "chong", "种": "chong", "召": "shao", "冼": "xian", "牟": "mu", "翟": "zhai",
    "尹": "yin", "佘": "she", "宓": "mi", "隗": "wei", "逄": "pang", "郇": "xun", "那": "na", "哈": "ha", "石": "shi",
    "葛": "ge", "任": "ren", "谌": "chen", "阚": "kan", "晁": "chao", "卜": "bu", "车": "che", "都": "du", "句": "gou",
    "祭": "zhai", "宁": "ning", "长": "zhang", "朝": "chao", "黑": "he", "能": "nai", "洗": "xian", "藏": "zang",
    "曲": "qu", "柏": "bai", "盛": "sheng", "沈": "shen", "贾": "jia", "俞": "yu", "纪": "ji", "祝": "zhu",
    "行": "xing", "燕": "yan", "塔": "ta", "粘": "nian", "大": "da", "会": "gui", "过": "guo", "应": "ying",
    "角": "jue", "亓": "qi", "郗": "xi", "乜": "nie",
}  # fmt: skip
"""Readings that characters have as a surname; two characters before one."""

WORDS = {
    "支行": "zhi hang", "分行": "fen hang", "总行": "zong hang", "银行": "yin hang", "商行": "shang hang",
    "本行": "ben hang", "他行": "ta hang", "跨行": "kua hang", "我行": "wo hang", "行长": "hang zhang",
    "行员": "hang yuan", "行号": "hang hao", "农行": "nong hang", "工行": "gong hang", "建行": "jian hang",
    "中行": "zhong hang", "交行": "jiao hang", "招行": "zhao hang", "央行": "yang hang", "朝阳": "chao yang",
    "长治": "chang zhi", "长垣": "chang yuan", "长葛": "chang ge", "长丰": "chang feng", "长宁": "chang ning",
    "长清": "chang qing", "长岛": "chang dao", "长岭": "chang ling", "长海": "chang hai", "长白": "chang bai",
    "长阳": "chang yang", "长顺": "chang shun", "长武": "chang wu", "长泰": "chang tai", "长汀": "chang ting",
    "长洲": "chang zhou", "长安": "chang an", "长子县": "zhang zi xian", "单县": "shan xian", "涡阳": "guo yang",
    "洪洞": "hong tong", "繁峙": "fan shi", "什邡": "shi fang", "荥经": "ying jing", "荥阳": "xing yang",
    "珲春": "hun chun", "筠连": "jun lian", "都匀": "du yun", "大城县": "dai cheng xian", "浚县": "xun xian",
    "太行": "tai hang", "行唐": "xing tang", "六安": "lu an", "铅山": "yan shan", "蔚县": "yu xian", "渑池": "mian chi",
    "磴口": "deng kou", "莘县": "shen xian", "乐亭": "lao ting", "枞阳": "zong yang", "犍为": "qian wei",
}  # fmt: skip
"""Of places, those in the list of divisions that a dictionary gets wrong, and some that it might."""
