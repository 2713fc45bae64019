import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `previews`. */
export class PreviewRow extends Model<InferAttributes<PreviewRow>, InferCreationAttributes<PreviewRow>> {
  declare bridgeId: string;
  declare previewId: string;
  declare state: string;
  declare phase: string;
  declare asConfirmed: boolean;
  declare reapply: CreationOptional<boolean>;
  declare requestedBy: string | null;
  declare ticketsDone: CreationOptional<number>;
  declare ticketsTotal: CreationOptional<number>;
  declare summary: object | null;
  declare error: object | null;
  declare startedAt: CreationOptional<Date>;
  declare finishedAt: Date | null;

  static define(db: Sequelize): void {
    PreviewRow.init(
      {
        bridgeId: {
          type: DataTypes.TEXT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        previewId: { type: DataTypes.UUID, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        phase: { type: DataTypes.TEXT, allowNull: false },
        asConfirmed: { type: DataTypes.BOOLEAN, allowNull: false },
        reapply: { type: DataTypes.BOOLEAN, allowNull: false },
        requestedBy: { type: DataTypes.TEXT },
        ticketsDone: { type: DataTypes.INTEGER, allowNull: false },
        ticketsTotal: { type: DataTypes.INTEGER, allowNull: false },
        summary: { type: DataTypes.JSONB },
        error: { type: DataTypes.JSONB },
        startedAt: { type: DataTypes.DATE(6), allowNull: false },
        finishedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'previews', modelName: 'previews' },
    );
  }
}
