import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `time_entry_versions`, which a trigger writes: what an entry was before it changed. */
export class TimeEntryVersionRow extends Model<
  InferAttributes<TimeEntryVersionRow>,
  InferCreationAttributes<TimeEntryVersionRow>
> {
  declare id: CreationOptional<string>;
  declare timeEntryId: string;
  declare seconds: number | null;
  declare unitText: string;
  declare activityTypeId: string | null;
  declare activityTypeName: string | null;
  declare ticketId: string;
  declare deletedAt: Date | null;
  declare unreadable: string | null;
  declare readAt: Date;
  declare replacedAt: Date;

  static define(db: Sequelize): void {
    TimeEntryVersionRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        timeEntryId: {
          type: DataTypes.BIGINT,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        seconds: { type: DataTypes.INTEGER },
        unitText: { type: DataTypes.TEXT, allowNull: false },
        activityTypeId: { type: DataTypes.TEXT },
        activityTypeName: { type: DataTypes.TEXT },
        ticketId: { type: DataTypes.TEXT, allowNull: false },
        deletedAt: { type: DataTypes.DATE(6) },
        unreadable: { type: DataTypes.TEXT },
        readAt: { type: DataTypes.DATE(6), allowNull: false },
        replacedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'time_entry_versions', modelName: 'time_entry_versions' },
    );
  }
}
