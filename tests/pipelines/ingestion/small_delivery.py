"""A delivery small enough to read, and to break on purpose."""

from dataclasses import dataclass, field
from pathlib import Path

FILES: dict[str, list[str]] = {
    "district": [
        "A1;A2;A3;A4;A5;A6;A7;A8;A9;A10;A11;A12;A13;A14;A15;A16",
        '1;"Hl.m. Praha";"Prague";1204953;0;0;0;1;1;100.0;12541;0.29;0.43;167;85677;99107',
        '2;"Benesov";"central Bohemia";88884;80;26;6;2;5;46.7;8507;1.67;1.85;132;2159;2674',
        '3;"Beroun";"central Bohemia";75232;55;26;4;1;5;41.7;8980;1.95;2.21;111;2824;2813',
    ],
    "account": [
        '"account_id";"district_id";"frequency";"date"',
        '20;2;"POPLATEK MESICNE";930101',
        '10;1;"POPLATEK TYDNE";930105',
        '30;2;"POPLATEK PO OBRATU";940201',
    ],
    "client": [
        '"client_id";"birth_number";"district_id"',
        '5;"706213";2',
        '6;"690204";2',
        '7;"405731";1',
        '8;"300101";3',
    ],
    "disp": [
        '"disp_id";"client_id";"account_id";"type"',
        '101;5;20;"OWNER"',
        '102;6;20;"DISPONENT"',
        '103;7;10;"OWNER"',
        '104;8;30;"OWNER"',
    ],
    "order": [
        '"order_id";"account_id";"bank_to";"account_to";"amount";"k_symbol"',
        '201;20;"YZ";"87144583";2452.00;"SIPO"',
        '202;10;"ST";"89597016";300.70;" "',
    ],
    "loan": [
        '"loan_id";"account_id";"date";"amount";"duration";"payments";"status"',
        '301;20;930705;96396;12;8033.00;"D"',
    ],
    "card": ['"card_id";"disp_id";"type";"issued"', '401;102;"gold";931107 00:00:00'],
    "trans": [
        '"trans_id";"account_id";"date";"type";"operation";"amount";"balance";"k_symbol";"bank";"account"',
        '1001;20;930101;"PRIJEM";"VKLAD";700.00;700.00;"";;',
        '1005;10;930105;"PRIJEM";"PREVOD Z UCTU";5000.00;5000.00;"DUCHOD";"AB";41403269',
        '1002;20;930110;"VYBER";"";100.00;600.00;" ";;0',
        '1003;20;930110;"VYDAJ";"PREVOD NA UCET";200.50;399.50;"SIPO";"YZ";87144583',
    ],
}


@dataclass
class SmallDelivery:
    """The lines of each file; `write` puts them into a folder."""

    folder: Path
    files: dict[str, list[str]] = field(default_factory=lambda: {name: list(lines) for name, lines in FILES.items()})

    def write(self) -> Path:
        """The folder with the files as they are now."""
        self.folder.mkdir(exist_ok=True)
        for name, lines in self.files.items():
            (self.folder / f"{name}.asc").write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
        return self.folder

    def replace(self, name: str, old: str, new: str) -> None:
        """Write `new` for `old`, which one line of the file holds."""
        (place,) = [place for place, line in enumerate(self.files[name]) if old in line]
        self.files[name][place] = self.files[name][place].replace(old, new)
