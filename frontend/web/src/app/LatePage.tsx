import { useCallback, useState } from "react";
import { useRetry } from "@/graph/useRetry";
import { Failed } from "@/ui/states";

/** Whether the bank answers at all. */
async function isReachable(): Promise<boolean> {
  try {
    return (await fetch("/healthz", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/**
 * In the place of a page whose file did not come, for which the router has nothing to show: the connection is lost, or a
 * new release has taken the file away. Browsers remember that a file did not come; the whole page is loaded anew.
 */
export async function latePage() {
  const wasReachable = await isReachable();
  return function LatePage() {
    const [isOutdated, setOutdated] = useState(wasReachable);
    const again = useCallback(async () => {
      if (await isReachable()) location.reload();
      else setOutdated(false);
    }, []);
    useRetry(!isOutdated, again);
    return <Failed failure={{ kind: isOutdated ? "outdated" : "offline", requestId: null }} onRetry={() => void again()} />;
  };
}
