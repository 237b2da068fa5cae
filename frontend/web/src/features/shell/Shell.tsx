import { lazy, Suspense, useEffect, useRef, useState } from "react";
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
  useFocusOnArrival(pathname);
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
        <main id="content" className="shell__content" tabIndex={-1} aria-labelledby="page-title" key={pathname}>
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

/** On another page the focus is where the page begins, and its title is heard; what was left is not there any more. */
function useFocusOnArrival(pathname: string) {
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [pathname]);
}
