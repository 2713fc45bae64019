import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `alert_messages`. */
export class AlertMessageRow extends Model<
  InferAttributes<AlertMessageRow>,
  InferCreationAttributes<AlertMessageRow>
> {
  declare id: CreationOptional<string>;
  declare channel: string;
  declare kind: string;
  declare content: object;
  declare createdAt: CreationOptional<Date>;
  declare attempts: CreationOptional<number>;
  declare nextTryAt: CreationOptional<Date>;
  declare lastError: string | null;
  declare sentAt: Date | null;
  declare givenUpAt: Date | null;

  static define(db: Sequelize): void {
    AlertMessageRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        channel: { type: DataTypes.TEXT, allowNull: false },
        kind: { type: DataTypes.TEXT, allowNull: false },
        content: { type: DataTypes.JSONB, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        attempts: { type: DataTypes.INTEGER, allowNull: false },
        nextTryAt: { type: DataTypes.DATE(6), allowNull: false },
        lastError: { type: DataTypes.TEXT },
        sentAt: { type: DataTypes.DATE(6) },
        givenUpAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'alert_messages', modelName: 'alert_messages' },
    );
  }
}
