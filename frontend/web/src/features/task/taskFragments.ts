import { graphql } from "@/graph";

/** What a line about a task needs, and what a command on it has to name. */
export const TaskRow = graphql(`
  fragment TaskRow on Task {
    id
    version
    title
    purpose
    priority
    state
    dueAt
    customer {
      id
      displayName
    }
    assignedTo {
      id
      name
    }
    assignedBy {
      id
      name
    }
  }
`);

export const TaskDetail = graphql(`
  fragment TaskDetail on Task {
    id
    version
    description
    completedAt
    completedThrough
    result
    handBackReason
    createdAt
    updatedAt
    completedBy {
      id
      name
    }
    branch {
      id
      name
    }
    parent {
      id
      title
    }
    ticket {
      id
      ticketNo
      subject
    }
    subtasks(first: 20) {
      pageInfo {
        hasNextPage
      }
      nodes {
        id
        ...TaskRow
      }
    }
  }
`);
