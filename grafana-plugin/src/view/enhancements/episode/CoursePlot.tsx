import { KeyboardPlugin, TooltipPlugin2, UPlotChart, useTheme2 } from '@grafana/ui';
import React, { useMemo } from 'react';
import { type Course } from '../../../model/course';
import { type Display } from '../../format';
import { HOVER_ALL, timeAt } from '../../plot/hover';
import { useViewContext } from '../../view-context';
import { courseConfig } from './course-config';
import { courseData } from './course-data';
import { CourseTooltip } from './CourseTooltip';

interface Props {
  course: Course;
  display: Display;
  width: number;
  height: number;
}

const ROOM_FOR_AXIS_PX = 84;

/** What the signal did, and what was to be expected. The table beside it says the same in figures. */
export function CoursePlot({ course, display, width, height }: Props) {
  const theme = useTheme2();
  const { timeZone, onChangeTimeRange } = useViewContext();
  const hasAxis = height >= ROOM_FOR_AXIS_PX;
  const config = useMemo(
    () => courseConfig(course, { theme, timeZone, display, hasAxis }),
    [course, theme, timeZone, display, hasAxis]
  );
  const data = useMemo(() => courseData(course), [course]);
  return (
    <UPlotChart config={config} data={data as never} width={width} height={height}>
      <KeyboardPlugin config={config} />
      <TooltipPlugin2
        config={config}
        hoverMode={HOVER_ALL}
        queryZoom={onChangeTimeRange}
        render={(u, indexes) => <CourseTooltip course={course} display={display} timeMs={timeAt(u.data[0], indexes)} />}
      />
    </UPlotChart>
  );
}
