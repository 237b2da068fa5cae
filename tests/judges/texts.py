"""What somebody may type who looks for something."""

from random import Random

from tests.judges.language import KINDS, World
from tests.judges.searching import NUMBERS, SEALED
from tests.judges.values import spelt_again

ODD = ("", " ", " - ", "%", "_", "\\", "%_\\", "張", "🦊", "é", "王 ", "x" * 100, "1" * 12, "'", "zzzzzzzz")


def text_for(match: str, world: World, rng: Random) -> str:
    """A text that may find something in one way; now and then any other."""
    if rng.random() < 0.05:
        return rng.choice(ODD)
    whole = match.removesuffix("_END")
    if whole in SEALED:
        holds, column, *_ = SEALED[whole]
        held = [row[column] for row in world.tables[KINDS[holds].table] if row[column]]
        number = rng.choice(held)
        if match != whole:
            return rng.choice([number.strip()[-4:], number.strip()[-4:].lower(), f" {number.strip()[-4:]}"])
        return rng.choice([number, spelt_again(number, rng)])
    if match.startswith("NUMBER"):
        type_name = rng.choice(list(NUMBERS))
        number = rng.choice(world.tables[KINDS[type_name].table])[NUMBERS[type_name]]
        return number if match == "NUMBER" else _varied(number[: rng.randint(1, len(number))], rng)
    table = rng.choice(["customer", "customer", "customer", "staff", "branch", "product"])
    named = [row for row in world.tables[table] if row["name"] and row["name_sort_key"]]
    row = rng.choice(named)
    if match == "INITIALS":
        words = row["name_sort_key"].split()
        return _varied("".join(word[: rng.choice([1, 1, 2, 9])] for word in words[: rng.randint(1, 4)]), rng)
    if match == "PINYIN" or (match == "MEMBER" and rng.random() < 0.5):
        return _varied(row["name_sort_key"][: rng.randint(1, 9)], rng)
    name = row["name"]
    if match == "NAME_PART":
        start = rng.randint(0, max(0, len(name) - 2))
        return _varied(name[start : start + rng.randint(1, 4)], rng)
    return _varied(name if match == "NAME" else name[: rng.randint(1, 3)], rng)


def _varied(text: str, rng: Random) -> str:
    """Wide, large, with blanks."""
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    return rng.choice([text, text, text, text.upper(), wide, f" {text}", "-".join(text), text.replace(" ", "")])
