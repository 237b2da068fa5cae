import { useTranslation } from "react-i18next";
import { useTheme } from "@/theme/appearance";
import type { Customer } from "./customerOf";
import type { Tie } from "./relationGraph";
import { colourOf, TYPES, type TypeName } from "./relationTypes";

/** Which types of relations there are, how many of each, and whether they are shown. */
export function TypeLegend(props: {
  ties: readonly Tie<Customer>[];
  hidden: ReadonlySet<TypeName>;
  onChange(hidden: ReadonlySet<TypeName>): void;
}) {
  const { t } = useTranslation();
  const { palette } = useTheme();
  const { ties, hidden, onChange } = props;

  function toggle(type: TypeName) {
    const next = new Set(hidden);
    if (!next.delete(type)) next.add(type);
    onChange(next);
  }

  return (
    <div className="legend" role="group" aria-label={t("relation.types")}>
      {TYPES.map((type) => {
        const count = ties.filter((tie) => tie.type === type).length;
        if (count === 0) return null;
        return (
          <button
            key={type}
            type="button"
            className="legend__type"
            aria-pressed={!hidden.has(type)}
            onClick={() => toggle(type)}
            style={{ "--tone": palette.series[colourOf(type)] } as React.CSSProperties}
          >
            <span className="legend__line" aria-hidden="true" />
            {t(`terms.RelationType.${type}`)} <span className="muted">{count}</span>
          </button>
        );
      })}
    </div>
  );
}
