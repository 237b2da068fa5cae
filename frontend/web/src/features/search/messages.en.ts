export const search = {
  label: "Search",
  placeholder: "Name, pinyin, initials, customer number, telephone, certificate, account …",
  short: "Search customers, accounts, tickets",
  hint: "Type a name, its pinyin or initials, or any number of the customer in full.",
  none: "Nothing found in your scope",
  noneDetail: "Check the spelling; numbers of certificates, telephones and accounts have to be complete.",
  more: "There is more: type a little more of it",
  results: "Results",
  moving: "choose",
  opening: "open",
  closing: "close",
  kind: { Account: "Account", Card: "Card", Ticket: "Ticket", Household: "Household" },
};
