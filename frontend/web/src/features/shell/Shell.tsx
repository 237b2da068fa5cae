import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import { useViewer } from "@/session/ViewerContext";
import { Header } from "./Header";
import { LostConnection } from "./LostConnection";
import { Navigation } from "./Navigation";
import { destinations } from "./destinations";
import { useShortcuts } from "./useShortcuts";

const ShortcutHelp = lazy(() => import("./ShortcutHelp"));

/** What stands around every page: where one can go, the search, who is reading. */
export function Shell() {
  const { t } = useTranslation();
  const there = destinations(useViewer().permissions);
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const { pathname } = useLocation();
  useShortcuts(there, { search: () => setSearching(true), help: () => setHelping(true) });
  return (
    <div className="shell">
      <a className="shell__skip" href="#content">
        {t("shell.skip")}
      </a>
      <Navigation destinations={there} />
      <div className="shell__main">
        <Header searching={searching} onSearching={setSearching} onHelp={() => setHelping(true)} />
        <LostConnection />
        <main id="content" className="shell__content" tabIndex={-1} key={pathname}>
          <Outlet />
        </main>
      </div>
      {helping && (
        <Suspense fallback={null}>
          <ShortcutHelp onClose={() => setHelping(false)} destinations={there} />
        </Suspense>
      )}
    </div>
  );
}
