"""Keys that order and find names as a Chinese bank expects: by pinyin, and by its initials."""

from pypinyin import Style, lazy_pinyin


def sort_key(name: str) -> str:
    """Pinyin of Chinese characters (tones dropped), everything else case-folded; compared under COLLATE "C"."""
    return " ".join(part.strip().casefold() for part in lazy_pinyin(name) if part.strip())


def initials(name: str) -> str:
    """First letters of the pinyin syllables or words: 王小明 → wxm, Jan Novak → jn."""
    parts = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(word[0].casefold() for part in parts for word in part.split())
