import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { InteractionTimeline } from "./InteractionTimeline";

const InteractionsQuery = graphql(`
  query Interactions($id: ID!, $first: Int!, $after: String) {
    customer(id: $id) {
      id
      interactions(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...InteractionMoment
        }
      }
    }
  }
`);

const ROWS = 15;

/** Whenever the bank and a customer were in touch (接触记录), newest first. */
export function InteractionsTab(props: { customerId: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("interaction.title")}>
      <InteractionsAfter customerId={props.customerId} after={null} />
    </Panel>
  );
}

/** Those after a cursor; when somebody asks for more, those after the last one of them below. */
function InteractionsAfter(props: { customerId: string; after: string | null }) {
  const { t } = useTranslation();
  const { customerId, after } = props;
  const [more, setMore] = useState(false);
  const page = usePage(InteractionsQuery, { id: customerId, first: ROWS, after });
  return (
    <Loaded page={page}>
      {({ customer }) => {
        const { nodes = [], pageInfo } = customer?.interactions ?? {};
        if (nodes.length === 0) return after === null && <Empty title={t("interaction.none")} />;
        return (
          <>
            <InteractionTimeline interactions={nodes} />
            {pageInfo?.hasNextPage &&
              (more ? (
                <div className="detail__more">
                  <InteractionsAfter customerId={customerId} after={pageInfo.endCursor ?? null} />
                </div>
              ) : (
                <Button className="detail__more" block onClick={() => setMore(true)}>
                  {t("ui.loadMore")}
                </Button>
              ))}
          </>
        );
      }}
    </Loaded>
  );
}
