import {
  ExpandOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
  NodeExpandOutlined,
  PlusOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from "@ant-design/icons";
import { Button, Segmented, Tooltip } from "antd";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/session/ViewerContext";
import { Panel } from "@/ui/Panel";
import { Empty, Failed, Loading } from "@/ui/states";
import type { CanvasControls } from "./RelationCanvas";
import { graphOf, nextLevel, tiesOf, unseen } from "./relationGraph";
import { RelationTable } from "./RelationTable";
import type { TypeName } from "./relationTypes";
import { SelectedCustomer } from "./SelectedCustomer";
import { TypeLegend } from "./TypeLegend";
import { useFullScreen } from "./useFullScreen";
import { useNeighbourhood } from "./useNeighbourhood";
import "./relation.css";

const RelationCanvas = lazy(() => import("./RelationCanvas"));
const CreateRelation = lazy(() => import("./CreateRelation"));

const MOST_BY_LEVELS = 50;

/** Whom a customer is tied to and how, drawn and as a table; from each one can go on to theirs. */
export function RelationsTab(props: { customerId: string }) {
  const { t } = useTranslation();
  const mayChange = usePermission("relation:change") !== null;
  const around = useNeighbourhood(props.customerId);
  const { centre, rows, expanded, more, expand } = around;
  const [hidden, setHidden] = useState<ReadonlySet<TypeName>>(new Set());
  const [view, setView] = useState<"graph" | "table">("graph");
  const [chosenId, setChosenId] = useState(props.customerId);
  const [creating, setCreating] = useState(false);
  const controls = useRef<CanvasControls>(null);
  const fullScreen = useFullScreen();

  const ties = useMemo(() => tiesOf(rows), [rows]);
  const graph = useMemo(() => (centre ? graphOf(centre, ties, hidden) : null), [centre, ties, hidden]);
  const counts = useMemo(
    () => new Map(Array.from(graph?.people.values() ?? [], (person) => [person.id, unseen(person, rows)])),
    [graph, rows],
  );

  if (!centre || !graph) {
    return (
      <Panel>
        {around.failure ? (
          <Failed failure={around.failure} onRetry={around.retry} />
        ) : around.loading ? (
          <Loading lines={8} />
        ) : (
          <Empty title={t("relation.none")} />
        )}
      </Panel>
    );
  }

  const chosen = graph.people.get(chosenId) ?? centre;
  const level = nextLevel(graph, rows, MOST_BY_LEVELS).filter((id) => !expanded.has(id));
  const add = mayChange && (
    <Button size="small" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
      {t("relation.create.open")}
    </Button>
  );

  return (
    <div className={fullScreen.isOn ? "relations relations--full" : "relations"}>
      <Panel
        flush
        title={t("relation.title")}
        refreshing={around.loading}
        extra={
          <>
            {add}
            <Segmented
              size="small"
              aria-label={t("relation.view")}
              value={view}
              onChange={setView}
              options={[
                { value: "graph" as const, label: t("relation.asGraph") },
                { value: "table" as const, label: t("ui.asTable") },
              ]}
            />
          </>
        }
      >
        {around.failure && <Failed failure={around.failure} onRetry={around.retry} />}
        {ties.length === 0 ? (
          <Empty title={t("relation.none")} detail={t("relation.noneDetail")} />
        ) : (
          <>
            <div className="toolbar">
              <TypeLegend ties={ties} hidden={hidden} onChange={setHidden} />
              <div className="toolbar__end">
                <span className="muted nowrap relations__size" aria-live="polite">
                  {t("relation.size", { people: graph.people.size, ties: graph.ties.length })}
                </span>
                <Tooltip title={t("relation.expandLevelHint", { most: MOST_BY_LEVELS })}>
                  <Button
                    size="small"
                    icon={<NodeExpandOutlined aria-hidden />}
                    disabled={level.length === 0}
                    loading={around.loading}
                    onClick={() => expand(level)}
                  >
                    {t("relation.expandLevel")}
                  </Button>
                </Tooltip>
                {view === "graph" && (
                  <>
                    <Tool name={t("relation.zoomIn")} icon={<ZoomInOutlined aria-hidden />} onClick={() => controls.current?.zoomBy(1.25)} />
                    <Tool name={t("relation.zoomOut")} icon={<ZoomOutOutlined aria-hidden />} onClick={() => controls.current?.zoomBy(0.8)} />
                    <Tool name={t("relation.fit")} icon={<ExpandOutlined aria-hidden />} onClick={() => controls.current?.fit()} />
                    {fullScreen.isPossible && (
                      <Tool
                        name={t(fullScreen.isOn ? "relation.fullScreenOff" : "relation.fullScreen")}
                        icon={fullScreen.isOn ? <FullscreenExitOutlined aria-hidden /> : <FullscreenOutlined aria-hidden />}
                        onClick={fullScreen.toggle}
                      />
                    )}
                  </>
                )}
              </div>
            </div>
            <div className="relations__body">
              {view === "graph" ? (
                <Suspense fallback={<Loading lines={10} />}>
                  <RelationCanvas
                    graph={graph}
                    more={counts}
                    selectedId={chosen.id}
                    label={t("relation.label", {
                      name: centre.displayName,
                      people: graph.people.size,
                      ties: graph.ties.length,
                    })}
                    onSelect={setChosenId}
                    onExpand={(id) => expand([id])}
                    controls={controls}
                  />
                </Suspense>
              ) : (
                <RelationTable ties={graph.ties} chosenId={chosen.id} onSelect={setChosenId} mayEnd={mayChange} onConflict={around.reload} />
              )}
              <SelectedCustomer
                customer={chosen}
                isCentre={chosen.id === centre.id}
                ties={graph.ties.filter(({ from, to }) => from.id === chosen.id || to.id === chosen.id)}
                isExpanded={expanded.has(chosen.id)}
                unseen={counts.get(chosen.id) ?? 0}
                mayEnd={mayChange}
                onConflict={around.reload}
                onSelect={setChosenId}
                onExpand={() => {
                  const after = more.get(chosen.id);
                  if (after) around.expandMore(chosen.id, after);
                  else expand([chosen.id]);
                }}
                canExpand={more.has(chosen.id) || !expanded.has(chosen.id)}
              />
            </div>
          </>
        )}
      </Panel>
      <Suspense fallback={null}>
        {creating && <CreateRelation customer={chosen} onClose={() => setCreating(false)} />}
      </Suspense>
    </div>
  );
}

function Tool(props: { name: string; icon: React.ReactNode; onClick(): void }) {
  return (
    <Tooltip title={props.name}>
      <Button type="text" size="small" icon={props.icon} aria-label={props.name} onClick={props.onClick} />
    </Tooltip>
  );
}
