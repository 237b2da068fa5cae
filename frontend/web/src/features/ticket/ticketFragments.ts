import { graphql } from "@/graph";

/** What a line about a ticket needs, and what a command on it has to name. */
export const TicketRow = graphql(`
  fragment TicketRow on Ticket {
    id
    version
    ticketNo
    subject
    kind
    priority
    state
    channel
    openedAt
    dueAt
    level
    customer {
      id
      displayName
    }
    assignedTo {
      id
      name
    }
    branch {
      id
      name
    }
  }
`);

export const TicketDetail = graphql(`
  fragment TicketDetail on Ticket {
    id
    version
    description
    closedAt
    resolution
    satisfaction
    openedBy {
      id
      name
    }
    account {
      id
      numberMasked
    }
    product {
      id
      name
    }
    linkedTo {
      id
      ticketNo
      subject
    }
    tasks(first: 10) {
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        ...TaskRow
      }
    }
    events(last: 100) {
      pageInfo {
        hasPreviousPage
      }
      nodes {
        id
        kind
        happenedAt
        note
        staff {
          id
          name
        }
        toStaff {
          id
          name
        }
        toBranch {
          id
          name
        }
      }
    }
  }
`);
