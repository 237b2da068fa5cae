import { SearchOutlined } from "@ant-design/icons";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import "./search.css";

const loadDialog = () => import("./SearchDialog");
const SearchDialog = lazy(loadDialog);

/** From anywhere to a customer, an account, a ticket: by what is typed, which no address ever holds. */
export function GlobalSearch(props: { open: boolean; onOpen(open: boolean): void }) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className="search-opener"
        onMouseEnter={() => void loadDialog()}
        onFocus={() => void loadDialog()}
        onClick={() => props.onOpen(true)}
      >
        <SearchOutlined aria-hidden />
        <span className="search-opener__text">{t("search.short")}</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      {props.open && (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => props.onOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
