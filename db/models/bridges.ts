import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `bridges`. */
export class BridgeRow extends Model<InferAttributes<BridgeRow>, InferCreationAttributes<BridgeRow>> {
  declare id: string;
  declare name: string;
  declare sourceConnectorId: string;
  declare targetConnectorId: string;
  declare code: string;
  declare mode: CreationOptional<string>;
  declare pausedCause: object | null;
  declare startFrom: string;
  declare closedUntil: string | null;
  declare policies: object;
  declare schedule: object;
  declare webhookSecret: string | null;
  declare previousWebhookSecret: string | null;
  declare firstRunConfirmedAt: Date | null;
  declare tokenRisk: object | null;
  declare duty: CreationOptional<object>;
  declare revision: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    BridgeRow.init(
      {
        id: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        sourceConnectorId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        targetConnectorId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        code: { type: DataTypes.TEXT, allowNull: false },
        mode: { type: DataTypes.TEXT, allowNull: false },
        pausedCause: { type: DataTypes.JSONB },
        startFrom: { type: DataTypes.DATEONLY, allowNull: false },
        closedUntil: { type: DataTypes.DATEONLY },
        policies: { type: DataTypes.JSONB, allowNull: false },
        schedule: { type: DataTypes.JSONB, allowNull: false },
        webhookSecret: { type: DataTypes.TEXT },
        previousWebhookSecret: { type: DataTypes.TEXT },
        firstRunConfirmedAt: { type: DataTypes.DATE(6) },
        tokenRisk: { type: DataTypes.JSONB },
        duty: { type: DataTypes.JSONB, allowNull: false },
        revision: { type: DataTypes.INTEGER, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'bridges', modelName: 'bridges' },
    );
  }
}
