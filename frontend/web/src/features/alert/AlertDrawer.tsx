import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { DetailDrawer } from "@/ui/DetailDrawer";
import { Empty, Loaded } from "@/ui/states";
import type { Shown } from "@/ui/useShown";
import { AlertActions } from "./AlertActions";
import { AlertDetail } from "./AlertDetail";

const AlertQuery = graphql(`
  query Alert($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Alert {
        ...AlertActions
        ...AlertDetail
      }
    }
  }
`);

/** The alert that the address names. */
export function AlertDrawer(props: { shown: Shown }) {
  const { t } = useTranslation();
  return (
    <DetailDrawer shown={props.shown} title={t("alert.one")}>
      {(id) => <OneAlert key={id} id={id} />}
    </DetailDrawer>
  );
}

function OneAlert(props: { id: string }) {
  const { t } = useTranslation();
  const page = usePage(AlertQuery, { id: props.id });
  return (
    <Loaded page={page} lines={8}>
      {({ node }) =>
        node?.__typename === "Alert" ? (
          <AlertDetail alert={node} actions={<AlertActions alert={node} reload={page.reload} />} />
        ) : (
          <Empty title={t("alert.absent")} detail={t("alert.absentDetail")} />
        )
      }
    </Loaded>
  );
}
