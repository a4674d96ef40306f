import React from 'react';
import { render } from '@testing-library/react';
import { OperationsPanel } from './OperationsPanel';
it('renders', () => { expect(() => render(<OperationsPanel />)).toThrow('weight'); });
