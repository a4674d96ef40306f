import { plugin } from './module';

describe('the module', () => {
  it('is a panel with options, field options, a migration and suggestions', () => {
    expect(plugin.panel).toBeDefined();
    expect(plugin.onPanelMigration).toBeDefined();
    expect(plugin.dataSupport).toEqual({ annotations: true, alertStates: false });
  });
});
