// Draws each figure of the page with ECharts, from the JSON beside it (ChartJson.java). All colours are
// CSS variables, so dark mode and print need no redraw. Text from the data reaches the page only through
// textContent.
'use strict';
(() => {
  const INK = 'var(--ink)';
  const SOFT = 'var(--soft)';
  const LINE = 'var(--line)';
  const DASHES = ['solid', [7, 4], [2, 3], [10, 4, 2, 4], [5, 2], [12, 5]];
  // A font name, not 'inherit', because ECharts measures texts with it.
  const FONT = getComputedStyle(document.body).fontFamily;
  const hue = (index) => `var(--hue-${index})`;
  const FORMATS = {
    COUNT: new Intl.NumberFormat('en', { maximumFractionDigits: 0 }),
    PERCENT: new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }),
    DECIMAL: new Intl.NumberFormat('en', { maximumFractionDigits: 3 }),
  };
  const show = (axis, value) => (value === null || value === undefined ? '–' : FORMATS[axis.format].format(value));

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function axis(spec, extra) {
    return {
      name: spec.title,
      nameLocation: 'middle',
      nameTextStyle: { color: SOFT, fontSize: 13 },
      axisLine: { show: true, lineStyle: { color: LINE } },
      axisTick: { show: false },
      axisLabel: { color: SOFT, fontSize: 12 },
      splitLine: { lineStyle: { color: 'var(--grid)' } },
      ...extra,
    };
  }

  function valueAxis(spec, extra) {
    return axis(spec, {
      type: 'value',
      min: spec.min,
      max: spec.max,
      minInterval: spec.format === 'COUNT' ? 1 : undefined,
      axisLabel: { color: SOFT, fontSize: 12, hideOverlap: true, formatter: (value) => show(spec, value) },
      axisPointer: { label: { show: false } },
      ...extra,
    });
  }

  const tooltip = (extra) => ({
    backgroundColor: 'var(--panel)',
    borderColor: LINE,
    textStyle: { color: INK, fontSize: 13 },
    confine: true,
    ...extra,
  });

  function tip(title, rows) {
    const box = element('div', 'tip', '');
    box.append(element('strong', '', title));
    for (const [colour, text] of rows) {
      const row = element('div', '', text);
      if (colour) {
        const dot = element('span', 'dot', '');
        dot.style.background = colour;
        row.prepend(dot);
      }
      box.append(row);
    }
    return box;
  }

  function bars(spec, narrow) {
    const category = axis(spec.category, {
      type: 'category',
      data: spec.names,
      inverse: spec.horizontal,
      splitLine: { show: false },
      axisLabel: { color: INK, fontSize: 12, interval: spec.horizontal ? 0 : 'auto', hideOverlap: true },
      ...(spec.horizontal ? { name: undefined } : { nameGap: 28 }),
    });
    const value = valueAxis(spec.value, spec.horizontal ? { nameGap: 28, splitNumber: narrow ? 2 : 5 } : {});
    const longest = Math.max(0, ...spec.series.flatMap((one) => one.labels.map((label) => label.length)));
    return {
      xAxis: spec.horizontal ? value : category,
      yAxis: spec.horizontal ? category : value,
      grid: { top: 18, left: 8, bottom: 8, right: spec.horizontal ? 16 + longest * 6.6 : 16 },
      tooltip: tooltip({
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: (items) => tip(spec.names[items[0].dataIndex], items.map((item) => {
          const one = spec.series[item.seriesIndex];
          const text = one.labels[item.dataIndex] || show(spec.value, one.values[item.dataIndex]);
          return [hue(one.hues ? one.hues[item.dataIndex] : one.hue), `${one.name}: ${text}`];
        })),
      }),
      series: spec.series.map((one) => ({
        type: 'bar',
        name: one.name,
        itemStyle: { color: hue(one.hue) },
        barMaxWidth: 34,
        barCategoryGap: spec.horizontal ? '28%' : '12%',
        barGap: '8%',
        emphasis: { disabled: true },
        data: one.values.map((v, i) => (one.hues ? { value: v, itemStyle: { color: hue(one.hues[i]) } } : v)),
        label: {
          show: one.labels.length > 0,
          position: spec.horizontal ? 'right' : 'top',
          color: INK,
          fontSize: 12,
          formatter: (item) => one.labels[item.dataIndex],
        },
      })),
    };
  }

  function band(one, colour) {
    const bounded = one.points.filter((point) => point.length === 4);
    return {
      type: 'custom',
      name: one.name,
      silent: true,
      clip: true,
      tooltip: { show: false },
      itemStyle: { color: colour },
      data: bounded.length > 1 ? bounded.flatMap((p) => [[p[0], p[2]], [p[0], p[3]]]) : [],
      renderItem: (params, api) => {
        if (params.dataIndexInside > 0) {
          return null;
        }
        const upper = bounded.map((p) => api.coord([p[0], p[3]]));
        const lower = bounded.map((p) => api.coord([p[0], p[2]])).reverse();
        return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: colour, opacity: 0.14 } };
      },
    };
  }

  // Returns the point at x, or the linear value between its neighbours; null outside the line.
  function valueAt(points, x) {
    const next = points.findIndex((point) => point[0] >= x);
    if (next < 0 || (next === 0 && points[0][0] > x)) {
      return null;
    }
    if (points[next][0] === x) {
      return points[next];
    }
    const [[x0, y0], [x1, y1]] = [points[next - 1], points[next]];
    return [x, y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)];
  }

  function lines(spec) {
    const series = [];
    let drawn = 0;
    for (const one of spec.series) {
      const colour = one.reference ? SOFT : hue(one.hue);
      if (one.points.some((point) => point.length === 4)) {
        series.push(band(one, colour));
      }
      one.dash = one.reference ? [4, 4] : DASHES[drawn++ % DASHES.length];
      series.push({
        type: 'line',
        name: one.name,
        data: one.points.map((point) => [point[0], point[1]]),
        color: colour,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: one.reference ? 1.25 : 2, type: one.dash },
        showSymbol: one.dots,
        symbol: 'circle',
        symbolSize: one.dots ? 5 : 4,
        silent: one.reference,
        emphasis: { disabled: true },
      });
      if (one.marks.length > 0) {
        series.push({
          type: 'line',
          name: one.name,
          data: one.marks.map((point) => [point[0], point[1]]),
          lineStyle: { width: 0 },
          itemStyle: { color: 'var(--paper)', borderColor: colour, borderWidth: 2.5 },
          showSymbol: true,
          symbol: 'circle',
          symbolSize: 11,
          emphasis: { disabled: true },
          tooltip: { show: false },
          z: 4,
        });
      }
    }
    return {
      xAxis: valueAxis(spec.x, { nameGap: 28 }),
      yAxis: valueAxis(spec.y, { scale: true }),
      grid: { top: 14, left: 8, bottom: 8, right: 22 },
      tooltip: tooltip({
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: SOFT } },
        formatter: (items) => {
          const x = items[0].axisValue;
          const rows = [];
          for (const one of spec.series) {
            const at = one.reference || one.hidden ? null : valueAt(one.points, x);
            if (at !== null) {
              const range = at.length === 4 ? ` [${show(spec.y, at[2])}, ${show(spec.y, at[3])}]` : '';
              rows.push([hue(one.hue), `${one.name}: ${show(spec.y, at[1])}${range}`]);
            }
          }
          return tip(`${spec.x.title}: ${show(spec.x, x)}`, rows);
        },
      }),
      series,
    };
  }

  function heatmap(spec) {
    const values = spec.cells.map((cell) => cell[2]).filter((value) => value !== null);
    const low = spec.value.min ?? Math.min(0, ...values);
    const high = spec.value.max ?? Math.max(...values);
    const share = (value) => (high > low ? (value - low) / (high - low) : 0);
    const side = { type: 'category', splitLine: { show: false }, axisLine: { show: false } };
    return {
      xAxis: axis(spec.x, {
        ...side, data: spec.columns, axisLabel: { color: INK, fontSize: 12, interval: 0, rotate: spec.columns.length > 3 ? 35 : 0 },
      }),
      yAxis: axis(spec.y, { ...side, data: spec.rows, inverse: true, axisLabel: { color: INK, fontSize: 12, interval: 0 } }),
      grid: { top: 8, left: 8, bottom: 8, right: 8 },
      tooltip: tooltip({
        trigger: 'item',
        formatter: (item) => {
          const [column, row, value, label] = spec.cells[item.dataIndex];
          return tip(`${spec.y.title}: ${spec.rows[row]}`, [
            ['', `${spec.x.title}: ${spec.columns[column]}`], ['', label], ['', `${spec.value.title}: ${show(spec.value, value)}`],
          ]);
        },
      }),
      series: [{
        type: 'custom',
        name: spec.value.title,
        data: spec.cells.map((cell) => [cell[0], cell[1], cell[2] ?? '-']),
        encode: { x: 0, y: 1 },
        emphasis: { disabled: true },
        renderItem: (params, api) => {
          const [column, row, value, label] = spec.cells[params.dataIndex];
          const [x, y] = api.coord([column, row]);
          const [width, height] = api.size([1, 1]);
          const part = value === null ? 0 : share(value);
          return {
            type: 'rect',
            emphasisDisabled: true,
            shape: { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2 },
            style: {
              fill: value === null ? 'var(--panel)' : `color-mix(in oklab, var(--heat-1) ${(100 * part).toFixed(1)}%, var(--heat-0))`,
            },
            textContent: {
              type: 'text',
              style: { text: label, fill: INK, fontFamily: FONT, fontSize: width < 48 ? 9 : 12, lineHeight: width < 48 ? 13 : 16, align: 'center' },
            },
            textConfig: { position: 'inside' },
          };
        },
      }],
    };
  }

  function swatch(one) {
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    image.setAttribute('width', one.dash ? '24' : '12');
    image.setAttribute('height', '12');
    image.setAttribute('aria-hidden', 'true');
    const part = document.createElementNS('http://www.w3.org/2000/svg', one.dash ? 'line' : 'rect');
    const attributes = one.dash
      ? { x1: 0, x2: 24, y1: 6, y2: 6, 'stroke-width': one.reference ? 1.5 : 2.5, 'stroke-dasharray': one.dash === 'solid' ? 'none' : one.dash.join(' ') }
      : { x: 0, y: 0, width: 12, height: 12 };
    Object.entries(attributes).forEach(([name, value]) => part.setAttribute(name, value));
    part.style[one.dash ? 'stroke' : 'fill'] = one.reference ? SOFT : hue(one.hue);
    image.append(part);
    return image;
  }

  function legend(place, spec, chart) {
    if (spec.kind === 'heatmap' || (spec.series.length === 1 && !spec.series[0].detail)) {
      return;
    }
    for (const one of spec.series) {
      const button = element('button', '', one.detail ? `${one.name}: ${one.detail}` : one.name);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.title = 'Show or hide';
      button.prepend(swatch(one));
      button.addEventListener('click', () => {
        one.hidden = !one.hidden;
        chart.dispatchAction({ type: 'legendToggleSelect', name: one.name });
        button.setAttribute('aria-pressed', String(!one.hidden));
      });
      place.append(button);
    }
  }

  function height(spec) {
    if (spec.kind === 'bars' && spec.horizontal) {
      return 56 + spec.names.length * Math.max(30, 4 + spec.series.length * 18);
    }
    return spec.kind === 'heatmap' ? 110 + spec.rows.length * 50 : 0;
  }

  function draw(figure) {
    const spec = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const place = figure.querySelector('.chart');
    if (height(spec) > 0) {
      place.style.height = `${height(spec)}px`;
    }
    const chart = echarts.init(place, null, { renderer: 'svg' });
    const option = { bars, lines, heatmap }[spec.kind](spec, place.clientWidth < 480);
    const names = (spec.series || []).map((one) => one.name);
    chart.setOption({ animation: false, legend: { show: false, data: names }, textStyle: { fontFamily: FONT }, ...option });
    legend(figure.querySelector('.legend'), spec, chart);
    // With a viewBox, print can scale the picture to the paper without a redraw.
    const scale = () => place.querySelector('svg').setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    scale();
    new ResizeObserver(() => {
      if (!matchMedia('print').matches) {
        chart.resize();
        scale();
      }
    }).observe(place);
  }

  // Adds a filter field above many rows or slices. It keeps those that contain all words of the field.
  // Slices also get a button per tag.
  let filters = 0;
  function filter(place, items, textOf, what, title) {
    const bar = element('div', 'filter', '');
    const label = element('label', '', `Filter ${what}`);
    const field = element('input', '', '');
    const told = element('output', '', '');
    field.type = 'search';
    field.id = `filter-${++filters}`;
    field.setAttribute('aria-label', `Filter ${what}: ${title}`);
    label.htmlFor = field.id;
    bar.append(label, field);
    const texts = items.map((item) => textOf(item).toLowerCase());
    const tags = items.map((item) => (item.dataset.tags || '').split('\n').filter((tag) => tag !== ''));
    const pressed = new Set();
    const update = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter((word) => word !== '');
      items.forEach((item, i) => {
        item.hidden = !words.every((word) => texts[i].includes(word)) || ![...pressed].every((tag) => tags[i].includes(tag));
      });
      const shown = items.filter((item) => !item.hidden).length;
      told.textContent = shown === items.length ? `${shown} ${what}` : `${shown} of ${items.length} ${what}`;
    };
    for (const tag of new Set(tags.flat())) {
      const button = element('button', '', tag);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', () => {
        if (!pressed.delete(tag)) {
          pressed.add(tag);
        }
        button.setAttribute('aria-pressed', String(pressed.has(tag)));
        update();
      });
      bar.append(button);
    }
    field.addEventListener('input', update);
    bar.append(told);
    update();
    place.before(bar);
  }

  const FEW = 8;
  const titleOf = (place) => place.closest('.block').querySelector('h3').textContent;
  for (const scroll of document.querySelectorAll('.scroll')) {
    const rows = [...scroll.querySelectorAll('tbody tr')];
    if (rows.length > FEW) {
      filter(scroll, rows, (row) => row.textContent, 'rows', titleOf(scroll));
    }
  }
  // Returns the text about a slice without the window names under its pictures: “subdural” is also a window.
  const saidOf = (slice) => [...slice.querySelectorAll('h4, p')].map((one) => one.textContent).join(' ');
  for (const list of document.querySelectorAll('.slices')) {
    if (list.children.length > FEW) {
      filter(list, [...list.children], saidOf, 'slices', titleOf(list));
    }
  }
  document.querySelectorAll('.chart').forEach((place) => draw(place.closest('figure')));
})();
