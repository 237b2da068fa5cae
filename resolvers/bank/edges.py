"""What the graph says about the bank that it is of."""

from domain.bank.tables import bank
from resolvers.engine.edges import OnlyRow, column

the_bank = OnlyRow(bank, "Bank")

name = column(bank.c.name)
business_date = column(bank.c.business_date)
time_zone = column(bank.c.time_zone)
base_currency = column(bank.c.base_currency)
is_sample = column(bank.c.is_sample)
