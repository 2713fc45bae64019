import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `time_entries`. */
export class TimeEntryRow extends Model<
  InferAttributes<TimeEntryRow>,
  InferCreationAttributes<TimeEntryRow>
> {
  declare id: CreationOptional<string>;
  declare connectorId: string;
  declare sourceId: string;
  declare ticketId: string;
  declare unitText: string;
  declare seconds: number | null;
  declare activityTypeId: string | null;
  declare activityTypeName: string | null;
  declare userId: string;
  declare userName: string;
  declare userEmail: string | null;
  declare articleId: string | null;
  declare description: CreationOptional<string>;
  declare entryDate: string;
  declare bookedAt: Date;
  declare sourceUpdatedAt: Date;
  declare readAt: Date;
  declare deletedAt: Date | null;
  declare unreadable: string | null;
  declare tags: CreationOptional<object>;
  declare stagedBy: string | null;

  static define(db: Sequelize): void {
    TimeEntryRow.init(
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
        sourceId: { type: DataTypes.TEXT, allowNull: false },
        ticketId: { type: DataTypes.TEXT, allowNull: false },
        unitText: { type: DataTypes.TEXT, allowNull: false },
        seconds: { type: DataTypes.INTEGER },
        activityTypeId: { type: DataTypes.TEXT },
        activityTypeName: { type: DataTypes.TEXT },
        userId: { type: DataTypes.TEXT, allowNull: false },
        userName: { type: DataTypes.TEXT, allowNull: false },
        userEmail: { type: DataTypes.TEXT },
        articleId: { type: DataTypes.TEXT },
        description: { type: DataTypes.TEXT, allowNull: false },
        entryDate: { type: DataTypes.DATEONLY, allowNull: false },
        bookedAt: { type: DataTypes.DATE(6), allowNull: false },
        sourceUpdatedAt: { type: DataTypes.DATE(6), allowNull: false },
        readAt: { type: DataTypes.DATE(6), allowNull: false },
        deletedAt: { type: DataTypes.DATE(6) },
        unreadable: { type: DataTypes.TEXT },
        tags: { type: DataTypes.JSONB, allowNull: false },
        stagedBy: { type: DataTypes.BIGINT },
      },
      { sequelize: db, tableName: 'time_entries', modelName: 'time_entries' },
    );
  }
}
