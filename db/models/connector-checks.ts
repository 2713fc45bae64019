import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `connector_checks`. */
export class ConnectorCheckRow extends Model<
  InferAttributes<ConnectorCheckRow>,
  InferCreationAttributes<ConnectorCheckRow>
> {
  declare id: CreationOptional<string>;
  declare connectorId: string;
  declare ok: boolean;
  declare findings: object;
  declare samples: object;
  declare checkedAt: CreationOptional<Date>;

  static define(db: Sequelize): void {
    ConnectorCheckRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        connectorId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'connectors', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        ok: { type: DataTypes.BOOLEAN, allowNull: false },
        findings: { type: DataTypes.JSONB, allowNull: false },
        samples: { type: DataTypes.JSONB, allowNull: false },
        checkedAt: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'connector_checks', modelName: 'connector_checks' },
    );
  }
}
