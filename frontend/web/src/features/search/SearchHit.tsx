import { useTranslation } from "react-i18next";
import { type FragmentType, graphql, readFragment } from "@/graph";
import { Tag } from "@/ui/values";

const SearchHitFragment = graphql(`
  fragment SearchHit on SearchHit {
    node {
      __typename
      id
      ... on Customer {
        displayName
        customerNo
        kind
        branch {
          id
          name
        }
        tier {
          id
          tier {
            id
            name
          }
        }
      }
      ... on Account {
        numberMasked
        product {
          id
          name
        }
      }
      ... on Card {
        numberMasked
        customer {
          id
          displayName
        }
      }
      ... on Ticket {
        ticketNo
        subject
      }
      ... on Household {
        members(first: 4) {
          nodes {
            id
            customer {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

/** One thing that was found: what it is, and enough to know it by. */
export function SearchHit(props: { hit: FragmentType<typeof SearchHitFragment> }) {
  const { t } = useTranslation();
  const { node } = readFragment(SearchHitFragment, props.hit);
  switch (node.__typename) {
    case "Person":
    case "Organisation":
      return (
        <Line
          kind={t(`terms.CustomerKind.${node.kind}`)}
          name={node.displayName}
          detail={[node.customerNo, node.branch?.name, node.tier?.tier?.name]}
        />
      );
    case "Account":
      return <Line kind={t("search.kind.Account")} name={node.numberMasked} detail={[node.product?.name]} />;
    case "Card":
      return <Line kind={t("search.kind.Card")} name={node.numberMasked} detail={[node.customer?.displayName]} />;
    case "Ticket":
      return <Line kind={t("search.kind.Ticket")} name={node.subject} detail={[node.ticketNo]} />;
    case "Household": {
      const names = node.members?.nodes.map((member) => member.customer?.displayName).filter(Boolean) ?? [];
      return <Line kind={t("search.kind.Household")} name={names.join("、")} detail={[]} />;
    }
    default:
      return null;
  }
}

function Line(props: { kind: string; name: string | null | undefined; detail: (string | null | undefined)[] }) {
  return (
    <>
      <Tag>{props.kind}</Tag>
      <span className="search__name">{props.name}</span>
      <span className="search__detail muted">{props.detail.filter(Boolean).join(" · ")}</span>
    </>
  );
}
