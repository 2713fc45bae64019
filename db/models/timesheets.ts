import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `timesheets`. */
export class TimesheetRow extends Model<
  InferAttributes<TimesheetRow>,
  InferCreationAttributes<TimesheetRow>
> {
  declare id: CreationOptional<string>;
  declare connectorId: string;
  declare externalId: string;
  declare userId: string;
  declare projectId: string;
  declare activityId: string;
  declare beginAt: Date;
  declare endAt: Date | null;
  declare seconds: number;
  declare breakSeconds: CreationOptional<number>;
  declare day: string;
  declare description: string | null;
  declare tags: CreationOptional<object>;
  declare exported: boolean;
  declare billable: boolean;
  declare rate: string | null;
  declare readAt: Date;
  declare deletedAt: Date | null;
  declare unreadable: string | null;

  static define(db: Sequelize): void {
    TimesheetRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        connectorId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        externalId: { type: DataTypes.TEXT, allowNull: false },
        userId: { type: DataTypes.TEXT, allowNull: false },
        projectId: { type: DataTypes.TEXT, allowNull: false },
        activityId: { type: DataTypes.TEXT, allowNull: false },
        beginAt: { type: DataTypes.DATE(6), allowNull: false },
        endAt: { type: DataTypes.DATE(6) },
        seconds: { type: DataTypes.INTEGER, allowNull: false },
        breakSeconds: { type: DataTypes.INTEGER, allowNull: false },
        day: { type: DataTypes.DATEONLY, allowNull: false },
        description: { type: DataTypes.TEXT },
        tags: { type: DataTypes.JSONB, allowNull: false },
        exported: { type: DataTypes.BOOLEAN, allowNull: false },
        billable: { type: DataTypes.BOOLEAN, allowNull: false },
        rate: { type: DataTypes.DECIMAL(14, 4) },
        readAt: { type: DataTypes.DATE(6), allowNull: false },
        deletedAt: { type: DataTypes.DATE(6) },
        unreadable: { type: DataTypes.TEXT },
      },
      { sequelize: db, tableName: 'timesheets', modelName: 'timesheets' },
    );
  }
}
