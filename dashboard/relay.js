/**
 * Carries the map's state and the Desk's form to the server, and its answers back.
 *
 * It stands alone in a fragment, apart from the host in bridge.js that owns the
 * frame: each time the map rests, only this small file and `data` go over again.
 */

export default function mount({ data, setStateValue }) {
  // Whose host it serves: the Class page's, or that of the Map and the Desk.
  const link = (globalThis[Symbol.for(data.link)] ??= {});
  // With the id of the wish it follows, by which the server knows what is stale.
  const tell = (state) => setStateValue("view", { ...state, ask: link.obeyed ?? null });
  link.tell = tell;
  link.sayForm = () => sayForm(link, setStateValue);
  link.ask = data.ask;
  link.host?.obey();
  if (link.isUnsaid) {
    link.isUnsaid = false;
    tell(link.heard);
  }
  link.sayForm();
  answer(link, data.report);
  return () => {
    if (link.tell === tell) {
      link.tell = link.sayForm = link.ask = link.report = null;
    }
  };
}

/** Pass on what the reader did to the form, once. */
function sayForm(link, setStateValue) {
  if (link.unsaidForm) {
    const message = link.unsaidForm;
    link.unsaidForm = null;
    setStateValue("form", message);
  }
}

/** Hand the server's answer to whatever part of the Desk is on the page. */
function answer(link, report) {
  link.report = report;
  if (!report || report === link.shown) {
    return;
  }
  link.shown = report;
  for (const part of [link.filters, link.answer, link.table]) {
    part?.show(report);
  }
  if (report.turn > 0 && report.turn === link.turn) {
    showAddress(report.address);
  }
}

/**
 * Write the view into the address: Streamlit would push a history entry for
 * every filter, to which its Back button could not go.
 */
function showAddress(params) {
  const address = new URL(window.location.href);
  const kept = ["lang", "step", "claim"].filter((key) => address.searchParams.has(key));
  const search = new URLSearchParams([
    ...kept.map((key) => [key, address.searchParams.get(key)]),
    ...Object.entries(params),
  ]);
  address.search = String(search);
  if (address.href !== window.location.href) {
    window.history.replaceState(window.history.state, "", address);
  }
}
