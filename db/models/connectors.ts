import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `connectors`. */
export class ConnectorRow extends Model<
  InferAttributes<ConnectorRow>,
  InferCreationAttributes<ConnectorRow>
> {
  declare id: string;
  declare kind: string;
  declare name: string;
  declare baseUrl: string;
  declare webUrl: string;
  declare sealedToken: string | null;
  declare keyId: string | null;
  declare timeZone: string;
  declare unitPeriods: CreationOptional<object>;
  declare settings: CreationOptional<object>;
  declare capabilities: CreationOptional<object>;
  declare health: CreationOptional<string>;
  declare healthCause: object | null;
  declare healthSince: CreationOptional<Date>;
  declare nextProbeAt: Date | null;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    ConnectorRow.init(
      {
        id: { type: DataTypes.TEXT, primaryKey: true, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        name: { type: DataTypes.TEXT, allowNull: false },
        baseUrl: { type: DataTypes.TEXT, allowNull: false },
        webUrl: { type: DataTypes.TEXT, allowNull: false },
        sealedToken: { type: DataTypes.TEXT },
        keyId: { type: DataTypes.TEXT },
        timeZone: { type: DataTypes.TEXT, allowNull: false },
        unitPeriods: { type: DataTypes.JSONB, allowNull: false },
        settings: { type: DataTypes.JSONB, allowNull: false },
        capabilities: { type: DataTypes.JSONB, allowNull: false },
        health: { type: DataTypes.TEXT, allowNull: false },
        healthCause: { type: DataTypes.JSONB },
        healthSince: { type: DataTypes.DATE(6), allowNull: false },
        nextProbeAt: { type: DataTypes.DATE(6) },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'connectors', modelName: 'connectors' },
    );
  }
}
