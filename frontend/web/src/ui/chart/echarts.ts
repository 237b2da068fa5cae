import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Palette } from "@/theme/palette";

echarts.use([LineChart, BarChart, PieChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

/** The chart that stands in an element, in the page's colours and type. */
export function draw(element: HTMLElement, palette: Palette): echarts.ECharts {
  return echarts.init(element, themeOf(palette), { renderer: "canvas" });
}

function themeOf(palette: Palette) {
  const { fontFamily } = getComputedStyle(document.body);
  const text = { color: palette.text, fontFamily };
  const axis = {
    axisLine: { lineStyle: { color: palette.border } },
    axisTick: { lineStyle: { color: palette.border } },
    axisLabel: { color: palette.muted, fontFamily },
    splitLine: { lineStyle: { color: palette.border, type: "dashed" } },
    nameTextStyle: { color: palette.muted, fontFamily },
  };
  return {
    color: palette.series,
    backgroundColor: "transparent",
    bar: { label: { color: palette.text, textBorderWidth: 0 } },
    textStyle: text,
    categoryAxis: { ...axis, splitLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    legend: { textStyle: text, inactiveColor: palette.border, pageIconColor: palette.muted, pageTextStyle: text },
    tooltip: { backgroundColor: palette.raised, borderColor: palette.border, textStyle: text },
  };
}
