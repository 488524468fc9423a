#!/usr/bin/env bash
# A day without an entry does not leave a gap in a line chart.
. "$(dirname "$0")/lib.sh"

packages d3-shape@3.2.1 d3-scale@4.0.3
expected "null leaves a gap in the line"
seen "null is drawn as 0, and through a scale as NaN in the path; only defined() leaves a gap"

javascript <<'JS'
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

const moods = [6, null, 7];
const height = scaleLinear([0, 10], [100, 0]);
const plain = line().x((_, day) => day * 10).y((mood) => mood);
const scaled = line().x((_, day) => day * 10).y((mood) => height(mood));
console.log('plain    ', plain(moods));
console.log('scaled   ', scaled(moods));
console.log('defined()', scaled.defined((mood) => mood !== null)(moods));
JS

shows <<'OUT'
plain     M0,6L10,0L20,7
scaled    M0,40L10,NaNL20,30
defined() M0,40ZM20,30Z
OUT
