export const reveal = {
  show: "Show in full",
  title: "Show {{masked}} in full",
  notice: "It is shown for a minute. Each time is kept in the access log with what you say here, and counts against what you may show in a day.",
  reason: "Purpose",
  reference: "Reference",
  referenceHelp: "The number of a ticket or task, or a few words. No names and no numbers of customers.",
  notReached: "Your role does not let you show this value of this customer.",
  shown_one: "Shown for a minute; you may show {{count}} more today.",
  shown_other: "Shown for a minute; you may show {{count}} more today.",
  hide: "Hide again",
  hiddenIn: "hidden in {{seconds}} s",
};
