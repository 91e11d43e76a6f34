// Geometry in pixels and along lines. Pure: no map, no document.
const timemapLayout = (() => {
  /**
   * Merge points that stand closer than gap pixels. The heaviest keeps its
   * place; what it swallows is told in members (indices into points).
   */
  function cluster(points, gap) {
    const order = points.map((_, i) => i).sort((a, b) => points[b].weight - points[a].weight || a - b);
    const leaders = [];
    for (const i of order) {
      const near = leaders.find(
        (leader) => Math.hypot(points[leader.members[0]].x - points[i].x,
          points[leader.members[0]].y - points[i].y) < gap,
      );
      if (near) near.members.push(i);
      else leaders.push({ members: [i] });
    }
    return leaders;
  }

  /** SVG path of a ring segment; angles in turns (0 = north, clockwise). */
  function ringSegment(inner, outer, from, to) {
    // A full circle cannot be one arc: stop a hair short of it.
    const last = Math.min(to, from + 0.9985);
    const at = (radius, turn) => {
      const angle = turn * 2 * Math.PI;
      return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
    };
    const large = last - from > 0.5 ? 1 : 0;
    return (
      `M${at(outer, from)}A${outer} ${outer} 0 ${large} 1 ${at(outer, last)}` +
      `L${at(inner, last)}A${inner} ${inner} 0 ${large} 0 ${at(inner, from)}Z`
    );
  }

  /** Whether two boxes {x0, y0, x1, y1} share area. */
  function boxesMeet(a, b) {
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
  }

  /** The box round a label of some width and height, turned by an angle in radians. */
  function turnedBox(x, y, width, height, angle) {
    const c = Math.abs(Math.cos(angle));
    const s = Math.abs(Math.sin(angle));
    const w = (width * c + height * s) / 2;
    const h = (width * s + height * c) / 2;
    return { x0: x - w, y0: y - h, x1: x + w, y1: y + h };
  }

  /** Lengths from the first point of a pixel line to each of its points. */
  function runs(line) {
    const out = [0];
    for (let i = 1; i < line.length; i += 1) {
      out.push(out[i - 1] + Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y));
    }
    return out;
  }

  /** The point and direction (radians) at some length along a pixel line. */
  function pointAt(line, lengths, at) {
    let i = 1;
    while (i < line.length - 1 && lengths[i] < at) i += 1;
    const part = lengths[i] - lengths[i - 1] || 1;
    const t = Math.max(0, Math.min(1, (at - lengths[i - 1]) / part));
    const a = line[i - 1];
    const b = line[i];
    return {
      x: a.x + (b.x - a.x) * t,
      y: a.y + (b.y - a.y) * t,
      angle: Math.atan2(b.y - a.y, b.x - a.x),
    };
  }

  /**
   * Where a name of some width can stand on a line without bending: spots
   * {x, y, angle} whose two ends and middle lie within slack pixels of one
   * straight piece, at most one each spacing pixels.
   */
  function straightSpots(line, width, spacing, slack) {
    const lengths = runs(line);
    const total = lengths[lengths.length - 1];
    const spots = [];
    let last = -Infinity;
    for (let mid = width / 2 + 4; mid <= total - width / 2 - 4; mid += 24) {
      if (mid - last < spacing) continue;
      const a = pointAt(line, lengths, mid - width / 2);
      const b = pointAt(line, lengths, mid + width / 2);
      const m = pointAt(line, lengths, mid);
      const chord = Math.hypot(b.x - a.x, b.y - a.y);
      const bow = Math.hypot((a.x + b.x) / 2 - m.x, (a.y + b.y) / 2 - m.y);
      if (chord < width - slack || bow > slack) continue;
      spots.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, angle: upright(Math.atan2(b.y - a.y, b.x - a.x)) });
      last = mid;
    }
    return spots;
  }

  /** The same direction, turned so that text on it is not upside down. */
  function upright(angle) {
    if (angle > Math.PI / 2) return angle - Math.PI;
    if (angle <= -Math.PI / 2) return angle + Math.PI;
    return angle;
  }

  /**
   * The first part of a line of [lat, lon] up to some km, and its tip.
   * km holds the geodesic distance of each vertex from the first.
   */
  function partUpTo(line, km, at) {
    if (at <= 0) return { line: [], tip: line[0], next: line[1] };
    let i = 1;
    while (i < line.length && km[i] <= at) i += 1;
    if (i >= line.length) return { line, tip: line[line.length - 1], next: null };
    const t = (at - km[i - 1]) / (km[i] - km[i - 1]);
    const tip = [
      line[i - 1][0] + (line[i][0] - line[i - 1][0]) * t,
      line[i - 1][1] + (line[i][1] - line[i - 1][1]) * t,
    ];
    return { line: [...line.slice(0, i), tip], tip, next: line[i] };
  }

  return { cluster, ringSegment, boxesMeet, turnedBox, runs, pointAt, straightSpots, partUpTo };
})();
