import type { ECharts, EChartsCoreOption } from "echarts/core";
import { useEffect, useRef } from "react";
import { useTheme } from "@/theme/appearance";
import { draw } from "./echarts";

/** What every chart here has: its tip is drawn, since the page's policy forbids inline styles in HTML. */
const TIP = { renderMode: "richText", confine: true };
const stillness = window.matchMedia("(prefers-reduced-motion: reduce)");

/** The drawn half of a chart. It follows its frame and the appearance, and is gone with its element. */
export default function Plot(props: { label: string; option: EChartsCoreOption; height: number }) {
  const { palette } = useTheme();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const { option } = props;

  useEffect(() => {
    const frame = element.current;
    if (!frame) return;
    const drawn = draw(frame, palette);
    chart.current = drawn;
    const watcher = new ResizeObserver(() => drawn.resize());
    watcher.observe(frame);
    return () => {
      watcher.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, [palette]);

  useEffect(() => {
    const tooltip = { ...TIP, ...(option.tooltip as object | undefined) };
    chart.current?.setOption({ animation: !stillness.matches, animationDuration: 300, ...option, tooltip }, { notMerge: true });
  }, [option, palette]);

  return <div ref={element} className="chart" role="img" aria-label={props.label} style={{ height: props.height }} />;
}
