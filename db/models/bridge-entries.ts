import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `bridge_entries`. */
export class BridgeEntryRow extends Model<
  InferAttributes<BridgeEntryRow>,
  InferCreationAttributes<BridgeEntryRow>
> {
  declare bridgeId: string;
  declare timeEntryId: string;
  declare state: string;
  declare why: object | null;
  declare frozenUserId: string;
  declare frozenBookedAt: Date;
  declare frozenEntryDate: string;
  declare eligibleAt: Date | null;
  declare dirty: CreationOptional<boolean>;
  declare firstSeenAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare revertedAt: Date | null;
  declare reapply: CreationOptional<boolean>;

  static define(db: Sequelize): void {
    BridgeEntryRow.init(
      {
        bridgeId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        timeEntryId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        state: { type: DataTypes.TEXT, allowNull: false },
        why: { type: DataTypes.JSONB },
        frozenUserId: { type: DataTypes.TEXT, allowNull: false },
        frozenBookedAt: { type: DataTypes.DATE(6), allowNull: false },
        frozenEntryDate: { type: DataTypes.DATEONLY, allowNull: false },
        eligibleAt: { type: DataTypes.DATE(6) },
        dirty: { type: DataTypes.BOOLEAN, allowNull: false },
        firstSeenAt: { type: DataTypes.DATE(6), allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
        revertedAt: { type: DataTypes.DATE(6) },
        reapply: { type: DataTypes.BOOLEAN, allowNull: false },
      },
      { sequelize: db, tableName: 'bridge_entries', modelName: 'bridge_entries' },
    );
  }
}
