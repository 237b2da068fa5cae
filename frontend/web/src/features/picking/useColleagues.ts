import { useTranslation } from "react-i18next";
import { graphql, usePage } from "@/graph";
import type { StaffWhere } from "@/graph/generated/graphql";
import { usePermission } from "@/session/ViewerContext";
import type { Found } from "@/ui/LookupField";
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

/** Whose names hold a text, of those who work for the bank and the reader may see. */
export function useColleagues(text: string): { found: readonly Found[]; loading: boolean } {
  return useFound({ state: { eq: "ACTIVE" }, ...(text ? { name: byName(text) } : {}) });
}

/** One of them by id, whether they still work here or not. */
export function useColleague(id: string | null): Found | undefined {
  return useFound(id === null ? null : { id: { eq: id } }).found.find(({ value }) => value === id);
}

function useFound(where: StaffWhere | null): { found: readonly Found[]; loading: boolean } {
  const { t } = useTranslation();
  const isAsked = usePermission("staff:read") !== null && where !== null;
  const { data, loading, refreshing } = usePage(ColleaguesQuery, { where: where ?? {} }, { pause: !isAsked });
  const found = (data?.staff?.nodes ?? []).map(({ id, name, post, branch }) => ({
    value: id,
    label: name,
    detail: [t(`terms.StaffPost.${post}`), branch?.name].filter(Boolean).join(" · "),
  }));
  return { found, loading: isAsked && (loading || refreshing) };
}
