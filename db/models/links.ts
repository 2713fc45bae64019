import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `links`. */
export class LinkRow extends Model<InferAttributes<LinkRow>, InferCreationAttributes<LinkRow>> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare targetConnectorId: string;
  declare leadEntryId: string;
  declare sourceBase: object;
  declare roundingSeconds: CreationOptional<number>;
  declare acceptedSeconds: CreationOptional<number>;
  declare closed: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    LinkRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
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
        leadEntryId: {
          type: DataTypes.BIGINT,
          allowNull: false,
          references: { model: 'time_entries', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        sourceBase: { type: DataTypes.JSONB, allowNull: false },
        roundingSeconds: { type: DataTypes.INTEGER, allowNull: false },
        acceptedSeconds: { type: DataTypes.INTEGER, allowNull: false },
        closed: { type: DataTypes.BOOLEAN, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'links', modelName: 'links' },
    );
  }
}
