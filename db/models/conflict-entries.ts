import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `conflict_entries`. */
export class ConflictEntryRow extends Model<
  InferAttributes<ConflictEntryRow>,
  InferCreationAttributes<ConflictEntryRow>
> {
  declare conflictId: string;
  declare timeEntryId: string;

  static define(db: Sequelize): void {
    ConflictEntryRow.init(
      {
        conflictId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'conflicts', key: 'id' },
          onDelete: 'CASCADE',
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
      },
      { sequelize: db, tableName: 'conflict_entries', modelName: 'conflict_entries' },
    );
  }
}
