/**
 * Carries the map's state to the server and its wishes back.
 *
 * It stands alone in a fragment, apart from the host in bridge.js that owns the
 * frame: each time the map rests, only this small file and `data` go over again.
 */

const LINK = Symbol.for("almaty-events-map");

export default function mount({ data, setStateValue }) {
  const link = (globalThis[LINK] ??= {});
  const tell = (state) => setStateValue("view", state);
  link.tell = tell;
  link.ask = data.ask;
  link.host?.obey();
  if (link.isUnsaid) {
    link.isUnsaid = false;
    tell(link.heard);
  }
  return () => {
    if (link.tell === tell) {
      link.tell = link.ask = null;
    }
  };
}
