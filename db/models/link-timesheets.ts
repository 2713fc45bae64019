import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `link_timesheets`. */
export class LinkTimesheetRow extends Model<
  InferAttributes<LinkTimesheetRow>,
  InferCreationAttributes<LinkTimesheetRow>
> {
  declare linkId: string;
  declare targetConnectorId: string;
  declare externalId: string;
  declare role: string;
  declare sequence: number;
  declare targetBase: object;

  static define(db: Sequelize): void {
    LinkTimesheetRow.init(
      {
        linkId: {
          type: DataTypes.BIGINT,
          allowNull: false,
          references: { model: 'links', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        targetConnectorId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        externalId: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        role: { type: DataTypes.TEXT, allowNull: false },
        sequence: { type: DataTypes.INTEGER, allowNull: false },
        targetBase: { type: DataTypes.JSONB, allowNull: false },
      },
      { sequelize: db, tableName: 'link_timesheets', modelName: 'link_timesheets' },
    );
  }
}
