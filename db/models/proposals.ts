import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `proposals`. */
export class ProposalRow extends Model<InferAttributes<ProposalRow>, InferCreationAttributes<ProposalRow>> {
  declare conflictId: string;
  declare userId: string;
  declare userName: string;
  declare version: string;
  declare choice: string;
  declare parameters: CreationOptional<object>;
  declare note: string | null;
  declare proposedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    const cascading = { onDelete: 'CASCADE', onUpdate: 'NO ACTION' } as const;
    ProposalRow.init(
      {
        conflictId: {
          ...{ type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
          ...{ references: { model: 'conflicts', key: 'id' }, ...cascading },
        },
        userId: {
          ...{ type: DataTypes.UUID, primaryKey: true, allowNull: false },
          ...{ references: { model: 'users', key: 'id' }, ...cascading },
        },
        userName: { type: DataTypes.TEXT, allowNull: false },
        version: { type: DataTypes.TEXT, allowNull: false },
        choice: { type: DataTypes.TEXT, allowNull: false },
        parameters: { type: DataTypes.JSONB, allowNull: false },
        note: { type: DataTypes.TEXT },
        proposedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'proposals', modelName: 'proposals' },
    );
  }
}
