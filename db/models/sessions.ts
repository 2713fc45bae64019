import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `sessions`. */
export class SessionRow extends Model<InferAttributes<SessionRow>, InferCreationAttributes<SessionRow>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare userAgent: string | null;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare revokedAt: Date | null;

  static define(db: Sequelize): void {
    SessionRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        userId: {
          type: DataTypes.UUID,
          allowNull: false,
          references: { model: 'users', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        userAgent: { type: DataTypes.TEXT },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        expiresAt: { type: DataTypes.DATE(6), allowNull: false },
        revokedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'sessions', modelName: 'sessions' },
    );
  }
}
