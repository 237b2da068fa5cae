import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useViewer } from "@/session/ViewerContext";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Loading } from "@/ui/states";
import { blocksFor } from "./blocks";
import { HomeCustomise } from "./HomeCustomise";
import { arranged, useHomeSettings } from "./useHomeSettings";
import { WhereToGo } from "./WhereToGo";
import "./home.css";

/** Where a day begins: what waits for the reader, and how things stand within their reach. */
export function HomePage() {
  const { t } = useTranslation();
  const viewer = useViewer();
  const settings = useHomeSettings(viewer.staff?.id ?? "nobody");
  const blocks = arranged(blocksFor(viewer), settings.order);
  const shown = blocks.filter(({ key }) => !settings.hidden.includes(key));
  // What everybody is told is no place to begin at.
  const isIdle = shown.every(({ key }) => key === "board");
  const note = [viewer.staff?.name ?? viewer.username, viewer.staff?.branch?.name].filter(Boolean).join(" · ");
  return (
    <Page
      title={t("home.title")}
      note={note}
      actions={blocks.length > 0 && <HomeCustomise blocks={blocks} settings={settings} />}
    >
      <div className="home">
        {isIdle && (
          <div className={shown.length === 0 ? "home__block home__block--wide" : "home__block"}>
            <WhereToGo isCustomised={shown.length < blocks.length} />
          </div>
        )}
        {shown.map(({ key, isWide, isTall, Part }) => (
          <div
            key={key}
            className={`home__block${isWide ? " home__block--wide" : ""}${isTall ? " home__block--tall" : ""}`}
          >
            <Suspense fallback={<Waiting />}>
              <Part />
            </Suspense>
          </div>
        ))}
      </div>
    </Page>
  );
}

function Waiting() {
  return (
    <Panel>
      <Loading />
    </Panel>
  );
}
