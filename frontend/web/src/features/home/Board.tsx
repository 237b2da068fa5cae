import { useTranslation } from "react-i18next";
import { PriorityTag } from "@/features/priority";
import { graphql, usePage } from "@/graph";
import { Panel } from "@/ui/Panel";
import { Empty, Loaded } from "@/ui/states";
import { Instant } from "@/ui/values";

const BoardQuery = graphql(`
  query Board($first: Int!) {
    announcements(
      where: { isCurrent: { eq: true } }
      orderBy: [{ field: PUBLISHED_AT, direction: DESC }]
      first: $first
    ) {
      nodes {
        id
        title
        text
        priority
        publishedAt
        branch {
          id
          name
        }
      }
    }
  }
`);

const ROWS = 5;

/** What the reader is told for the time being. */
export function Board() {
  const { t } = useTranslation();
  const page = usePage(BoardQuery, { first: ROWS });
  return (
    <Panel title={t("home.blocks.board")} flush refreshing={page.refreshing}>
      <Loaded page={page}>
        {({ announcements }) =>
          !announcements?.nodes.length ? (
            <Empty title={t("home.noAnnouncements")} />
          ) : (
            <ul className="items">
              {announcements.nodes.map(({ id, title, text, priority, publishedAt, branch }) => (
                <li key={id} className="items__item">
                  <div className="items__main">
                    <div className="items__title">{title}</div>
                    <p className="muted prose">{text}</p>
                    <div className="items__detail">
                      <span>{branch?.name}</span>
                      <Instant value={publishedAt} />
                    </div>
                  </div>
                  <div className="items__end">
                    <PriorityTag priority={priority} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
