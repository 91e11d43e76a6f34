// The events of a large set as typed arrays, unpacked from what the page
// carries. Rows are sorted by start. Packed by geo/timemap/large/packing.py;
// both sides, like every browser, are little-endian.
const timemapColumns = (() => {
  const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array };

  /** The arrays of a bundle by name. */
  async function unpack({ columns, deflated }) {
    const stream = new Blob([bytesOf(deflated)]).stream().pipeThrough(new DecompressionStream("deflate"));
    const buffer = await new Response(stream).arrayBuffer();
    let at = 0;
    const arrays = {};
    for (const [name, type, length] of columns) {
      arrays[name] = new TYPES[type](buffer, at, length);
      at += arrays[name].byteLength;
    }
    return arrays;
  }

  /** The bytes of a base64 text; a plain loop, as no shorter way is as fast. */
  function bytesOf(base64) {
    const signs = atob(base64);
    const bytes = new Uint8Array(signs.length);
    for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i);
    return bytes;
  }

  /** Put the columns into data.events and data.places; the texts follow as data.texts, a promise. */
  async function open(data) {
    const { packed } = data;
    const numbers = await unpack(packed.numbers);
    data.events = eventsOf(data, packed, numbers);
    data.places = { lat: numbers.lat, lon: numbers.lon, marked: numbers.marked };
    Object.assign(data.events, placed(numbers, packed.total));
    data.texts = unpack(packed.texts);
    packed.numbers = packed.texts = null;
  }

  function eventsOf(data, { total, first, prefix }, numbers) {
    const column = (name) => numbers[name] ?? new Uint8Array(total);
    const start = Int32Array.from(column("start"));
    start[0] += first;
    for (let i = 1; i < total; i += 1) start[i] += start[i - 1];
    const end = numbers.lasts ? start.map((at, i) => at + numbers.lasts[i]) : start;
    const earliest = numbers.before ? start.map((at, i) => at - numbers.before[i]) : start;
    const latest = numbers.after ? end.map((at, i) => at + numbers.after[i]) : end;
    const kind = column("kind");
    return { total, start, end, earliest, latest, kind, coarse: column("coarse"), by: column("attribution"),
      group: kind.map((code) => data.groupOf[code]), order: numbers.order ?? null,
      codes: Object.fromEntries(["attribution", "corroboration", "time_precision", "time_basis"].map((name) => [name, column(name)])),
      ids: idsOf(total, prefix, numbers) };
  }

  /** Ids by row, as an array would give them, without keeping them all. */
  function idsOf(length, prefix, numbers) {
    const text = prefix === null ? field(numbers, "id") : null;
    const at = (row) => (text ? text.at(row) : prefix + (numbers.number?.[row] ?? 0));
    let rows = null;
    const indexOf = (id) => {
      if (!rows) {
        rows = new Map();
        for (let row = 0; row < length; row += 1) rows.set(at(row), row);
      }
      return rows.get(id) ?? -1;
    };
    return { length, at, indexOf, includes: (id) => indexOf(id) >= 0 };
  }

  /**
   * A column of texts that is decoded when asked for. Every text is stored
   * once: `codes` says which one a row has; a column that is not there is empty.
   */
  function field(arrays, name) {
    const lengths = arrays[`${name}.lengths`];
    if (!lengths) return { at: () => "", code: () => 0, size: 1 };
    const bytes = arrays[`${name}.bytes`];
    const codes = arrays[`${name}.codes`] ?? null;
    const ends = endsOf(lengths);
    const decoder = new TextDecoder();
    const code = (row) => (codes ? codes[row] : row);
    const text = (item) => decoder.decode(bytes.subarray(ends[item], ends[item + 1]));
    return { at: (row) => text(code(row)), code, text, size: lengths.length };
  }

  /** Where each of many parts of some lengths begins, and where the last one ends. */
  function endsOf(lengths) {
    const ends = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i += 1) ends[i + 1] = ends[i] + lengths[i];
    return ends;
  }

  /** Which places each event names, and its spots: those of them that are marked. */
  function placed({ place, places, marked, lat, lon }, total) {
    const ends = places ? endsOf(places) : null;
    const span = (row) => (ends ? [ends[row], ends[row + 1]] : [row, row + 1]);
    const spotRow = new Uint32Array(place.length);
    const spotPlace = new Uint32Array(place.length);
    const isMapped = new Uint8Array(total);
    let spots = 0;
    for (let row = 0; row < total; row += 1) {
      const [from, to] = ends ? [ends[row], ends[row + 1]] : [row, row + 1];
      for (let i = from; i < to; i += 1) {
        if (!marked[place[i]]) continue;
        spotRow[spots] = row;
        spotPlace[spots] = place[i];
        isMapped[row] = 1;
        spots += 1;
      }
    }
    const placesOf = (row) => place.subarray(...span(row));
    return { isMapped, spotRow: spotRow.subarray(0, spots), spotPlace: spotPlace.subarray(0, spots), placesOf,
      pointsOf: (row) => [...placesOf(row)].filter((at) => marked[at]).map((at) => [lat[at] / 1e6, lon[at] / 1e6]) };
  }

  return { open, unpack, field, endsOf, bytesOf };
})();
