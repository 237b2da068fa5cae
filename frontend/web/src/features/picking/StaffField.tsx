import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import { usePermission } from "@/session/ViewerContext";
import { LookupField, useTyped } from "@/ui/LookupField";
import { byName } from "./byName";

const ColleaguesQuery = graphql(`
  query Colleagues($where: StaffWhere!) {
    staff(where: $where, orderBy: [{ field: NAME }], first: 20) {
      nodes {
        id
        name
        post
        branch {
          id
          name
        }
      }
    }
  }
`);

/** Somebody who works for the bank, of those that the reader may see. */
export function StaffField(props: { name: string; label: string; required?: boolean; help?: string }) {
  const [text, onSearch] = useTyped();
  const { t } = useTranslation();
  const mayRead = usePermission("staff:read") !== null;
  const where = { state: { eq: "ACTIVE" as const }, ...(text ? { name: byName(text) } : {}) };
  const { data, loading, refreshing } = usePage(ColleaguesQuery, { where }, { pause: !mayRead });
  const found = (data?.staff?.nodes ?? []).map(({ id, name, post, branch }) => ({
    value: id,
    label: name,
    detail: [t(`terms.StaffPost.${post}`), branch?.name].filter(Boolean).join(" · "),
  }));
  return <LookupField {...props} found={found} loading={mayRead && (loading || refreshing)} onSearch={onSearch} />;
}
