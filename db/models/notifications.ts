import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `notifications`. */
export class NotificationRow extends Model<
  InferAttributes<NotificationRow>,
  InferCreationAttributes<NotificationRow>
> {
  declare id: CreationOptional<string>;
  declare kind: string;
  declare facts: object;
  declare createdAt: CreationOptional<Date>;
  declare sentAt: Date | null;
  declare dueAt: CreationOptional<Date>;
  declare outcome: string | null;

  static define(db: Sequelize): void {
    NotificationRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        kind: { type: DataTypes.TEXT, allowNull: false },
        facts: { type: DataTypes.JSONB, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        sentAt: { type: DataTypes.DATE(6) },
        dueAt: { type: DataTypes.DATE(6), allowNull: false },
        outcome: { type: DataTypes.TEXT },
      },
      { sequelize: db, tableName: 'notifications', modelName: 'notifications' },
    );
  }
}
